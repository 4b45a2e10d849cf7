// Back leads to what a visitor would call the page before. What is shown already isn't put into the
// history again, and neither is each letter of a word: while one goes on typing or deleting in a
// field, the newest entry follows.
let typed = null; // the field that the newest entry comes from, and what it had then

document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
  const update = event.detail.history;
  const cause = event.detail.requestConfig.triggeringEvent;
  const field = cause?.type === "input" ? cause.target : null;
  const goesOn =
    field && field === typed?.field &&
    (field.value.startsWith(typed.value) || typed.value.startsWith(field.value));
  if (goesOn || new URL(update.path, location).href === location.href) update.type = "replace";
  typed = field && { field, value: field.value };
});
document.addEventListener("focusout", () => (typed = null));

// On paper a page names its address, and going on within it changes that.
for (const changed of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(changed, () => {
    document.getElementById("main").dataset.address = location.href;
    carry();
  });
}

// Links around what was swapped say of a visitor what the address now says, as in a whole page.
function carry() {
  const said = new URLSearchParams(location.search);
  for (const link of document.querySelectorAll("a[href^='/']:not([data-exact])")) {
    const address = new URL(link.href);
    if (!address.pathname.endsWith("/") || address.pathname.startsWith("/admin/")) continue;
    for (const name of ["from", "pace"]) {
      if (said.get(name)) address.searchParams.set(name, said.get(name));
      else address.searchParams.delete(name);
    }
    link.setAttribute("href", address.pathname + address.search + address.hash);
  }
}

// Arrows go through a list one by one: its field stays in sight.
let keyed = false;
addEventListener("keydown", () => (keyed = true), true);
addEventListener("pointerdown", () => (keyed = false), true);
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (keyed && detail.requestConfig.triggeringEvent?.type === "change") {
    detail.swapOverride = "innerHTML show:none";
  }
});
