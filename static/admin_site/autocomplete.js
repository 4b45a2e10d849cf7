// Autocompletes: gives them the names that screen readers say, and tells the page what was picked.
const $ = django.jQuery;
const boxOf = (select) => select.nextElementSibling?.querySelector("[role=combobox]");

const name = (select) => {
  const box = boxOf(select);
  if (!box || !select.labels[0]) return;
  select.labels[0].id = `${select.id}_label`;
  box.setAttribute("aria-labelledby", `${select.id}_label ${box.getAttribute("aria-labelledby")}`);
  // The value inside is no text box, though it says so.
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
// It tells nobody but jQuery.
$(document).on("select2:select select2:clear", ({ target }) => {
  target.dispatchEvent(new Event("input", { bubbles: true }));
});
