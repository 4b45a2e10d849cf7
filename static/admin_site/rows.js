// Rows of a form: add one, move one with its buttons, and announce its new place.
const position = (row) => row.querySelector("[name$=-position]");

const watch = (group) => {
  const list = group.querySelector(".row-list");
  const rows = () => [...list.children];

  const label = () => rows().forEach((row, index) => {
    row.querySelectorAll("[data-place]").forEach((spot) => (spot.textContent = index + 1));
  });

  const settle = (row) => {
    rows().forEach((each, index) => (position(each).value = index));
    label();
    const place = row.querySelector("h3").textContent;
    group.querySelector("[role=status]").textContent = `${place} of ${rows().length}`;
    row.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const add = () => {
    const total = group.querySelector("[name$=-TOTAL_FORMS]");
    const blank = group.querySelector("template").innerHTML;
    list.insertAdjacentHTML("beforeend", blank.replaceAll("__prefix__", total.value++));
    const row = list.lastElementChild;
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true }));
    row.querySelector(".form-row :is(.select2-selection, input)").focus();
    return row;
  };

  // Move the neighbor instead of the row, so that the row keeps the focus and an ongoing drag.
  const move = (row, up) => {
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other) row[up ? "after" : "before"](other);
    row.scrollIntoView({ block: "nearest" });
    return row;
  };

  group.addEventListener("click", ({ target }) => {
    const what = target.closest("button")?.dataset.do;
    if (what) settle(what === "add" ? add() : move(target.closest(".row"), what === "up"));
  });
  // A refused form comes back in the order in which its rows were first saved: sort by position.
  list.append(...rows().sort((a, b) => position(a).value - position(b).value));
  label();
};

document.documentElement.classList.add("scripts");
document.querySelectorAll(".rows:has(template)").forEach(watch);
