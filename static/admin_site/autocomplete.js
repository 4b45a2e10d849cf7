// Select2's autocompletes: label them for screen readers, and fire the events that Select2 doesn't.
const $ = django.jQuery;
const boxOf = (select) => select.nextElementSibling?.querySelector("[role=combobox]");

const name = (select) => {
  const box = boxOf(select);
  if (!box || !select.labels[0]) return;
  select.labels[0].id = `${select.id}_label`;
  box.setAttribute("aria-labelledby", `${select.id}_label ${box.getAttribute("aria-labelledby")}`);
  // Select2 gives the value inside the role of a text box, which it isn't.
  const value = box.querySelector("[role=textbox]");
  for (const claim of ["role", "aria-readonly"]) value?.removeAttribute(claim);
};
const nameAll = (part) => part.querySelectorAll("select.admin-autocomplete").forEach(name);

$(() => nameAll(document));
document.addEventListener("formset:added", ({ target }) => nameAll(target));
$(document).on("select2:open", ({ target }) => {
  const box = boxOf(target);
  box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
  document.querySelector(".select2-search__field")?.setAttribute("aria-label", "Search");
});
// Select2 fires jQuery events only.
$(document).on("select2:select select2:clear", ({ target }) => {
  target.dispatchEvent(new Event("input", { bubbles: true }));
});
