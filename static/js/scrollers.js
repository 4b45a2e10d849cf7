// A keyboard stops at what scrolls, and passes what fits. Pages mark all that may have to scroll, so
// that without this, too, nothing is out of reach.
const watched = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls =
      target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
    if (scrolls) target.tabIndex = 0;
    else if (target !== document.activeElement) target.removeAttribute("tabindex");
  }
});

function watch() {
  for (const each of document.querySelectorAll("main [tabindex='0']")) watched.observe(each);
}

watch();
document.addEventListener("htmx:afterSettle", watch);
