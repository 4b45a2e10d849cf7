// A click with a modifier key opens a tab or a window: leave it to the browser, keep it from htmx.
document.addEventListener(
  "click",
  (event) => {
    const asked = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (asked && event.target.closest("a[href]")) event.stopPropagation();
  },
  true,
);
