// After Back a browser may show a page from its back/forward cache: with the plan as it was then, with
// one that was forgotten since, or without one that was begun since. Reload such a page; visitors who
// are offline see the cached one. A page without a plan is the same for everyone, so first ask whether
// this visitor's would differ now: its Cache-Control would say `private`.
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
