// After Back a browser may show a page as it kept it: with the plan as it was then, with one that was
// forgotten since, or without one that was begun since. Such a page is asked for again; who is
// offline sees what was kept. A page without a plan is the same for all, so it is asked first whether
// it would be a visitor's own now.
async function isOutdated() {
  if (document.querySelector(".to-plan")) return true;
  try {
    const { headers } = await fetch(location, { method: "HEAD", cache: "no-store" });
    return headers.get("Cache-Control").includes("private");
  } catch {
    return false;
  }
}

addEventListener("pageshow", async ({ persisted }) => {
  if (persisted && navigator.onLine && (await isOutdated())) location.reload();
});
