// What stands around a swap, and who is choosing, are as much a part of it as what is swapped.
for (const changed of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(changed, carry);
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
