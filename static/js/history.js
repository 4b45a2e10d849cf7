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
  });
}
