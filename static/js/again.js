// Keeps an address that is shown already out of the history, where Back would seem to do nothing.
document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
  const update = event.detail.history;
  if (new URL(update.path, location).href === location.href) update.type = "replace";
});
