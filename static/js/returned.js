// After Back a browser may show a page as it kept it: with the plan as it was then, or with one that
// was forgotten since. Such a page is asked for again; who is offline sees what was kept.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted && navigator.onLine) location.reload();
});
