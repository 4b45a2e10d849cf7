// Make Back lead to what a visitor would call the previous page: replace the newest history entry,
// instead of adding one, if the address is the same, or while somebody goes on typing or deleting in
// one field.
let typed = null; // the field that the newest entry comes from, and its value then

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

// The printed page names its address: keep that up to date when htmx changes the address.
for (const changed of ["htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
  document.addEventListener(changed, () => {
    document.getElementById("main").dataset.address = location.href;
  });
}
