// Drag a row by its handle: whenever it passes a neighbor, press the row's own button to move.
const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;

const follow = (row, y) => {
  const { previousElementSibling: above, nextElementSibling: below } = row;
  const way = below && y > middle(below) ? "down" : above && y < middle(above) ? "up" : null;
  if (way) row.querySelector(`[data-do=${way}]`).click();
};

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest("[data-do=drag]");
  if (!handle) return;
  event.preventDefault();
  const row = handle.closest(".row");
  const drag = ({ clientY }) => follow(row, clientY);
  handle.setPointerCapture(event.pointerId);
  handle.addEventListener("pointermove", drag);
  row.classList.add("dragged");
  handle.addEventListener("lostpointercapture", () => {
    handle.removeEventListener("pointermove", drag);
    row.classList.remove("dragged");
  }, { once: true });
});
