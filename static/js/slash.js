// The key “/” leads to the search; who types into a field types it.
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  const field = document.querySelector("#words");
  field?.focus();
  if (field) field.select();
  else document.querySelector("[aria-keyshortcuts]").click();
});
