// Rows of a form: adds one, moves one by its buttons, and says its new place.
"use strict";
{
  const position = (row) => row.querySelector("[name$=-position]");

  const watch = (group) => {
    const list = group.querySelector(".row-list");
    const rows = () => [...list.children];

    const settle = (row) => {
      rows().forEach((each, index) => {
        position(each).value = index;
        for (const spot of each.querySelectorAll("[data-place]")) spot.textContent = index + 1;
      });
      group.querySelector("[role=status]").textContent =
        `${row.querySelector("h3").textContent} of ${list.children.length}`;
      row.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const add = () => {
      const total = group.querySelector("[name$=-TOTAL_FORMS]");
      const blank = group.querySelector("template").innerHTML;
      list.insertAdjacentHTML("beforeend", blank.replaceAll("__prefix__", total.value++));
      const row = list.lastElementChild;
      row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true }));
      row.querySelector(".select2-selection, fieldset input").focus();
      return row;
    };

    // The neighbor moves, never the row: focus and a drag stay where they are.
    const move = (row, up) => {
      const other = up ? row.previousElementSibling : row.nextElementSibling;
      if (other) row[up ? "after" : "before"](other);
      row.scrollIntoView({ block: "nearest" });
      return row;
    };

    group.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-do]");
      const what = button?.dataset.do;
      if (what) settle(what === "add" ? add() : move(button.closest(".row"), what === "up"));
    });
    // What was refused comes back in the order of its rows' numbers, not of their positions.
    list.append(...rows().sort((a, b) => position(a).value - position(b).value));
  };

  document.documentElement.classList.add("scripts");
  document.querySelectorAll(".rows:has(template)").forEach(watch);
}
