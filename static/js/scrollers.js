// Let the Tab key stop at areas that scroll, and skip those whose contents fit. In the HTML all that
// may have to scroll are focusable, so that nothing is out of reach without this script.
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
