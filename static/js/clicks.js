// A click with a key held asks for a tab or a window of its own: the browser's work, not htmx's.
document.addEventListener(
  "click",
  (event) => {
    const asked = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (asked && event.target.closest("a[href]")) event.stopPropagation();
  },
  true,
);
