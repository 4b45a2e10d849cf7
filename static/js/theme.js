// Change the colors without reloading the page, so that it keeps its scroll position. A page that the
// browser shows from its cache after Back gets the colors that were chosen since.
const form = document.querySelector(".themes");

function show(choice) {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.value === choice);
  }
}

function chosen() {
  const cookies = document.cookie.split("; ").map((each) => each.split("="));
  const found = cookies.find(([name]) => name === form.dataset.cookie);
  return found ? found[1] : "system";
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  try {
    await fetch(form.action, { method: "POST", body, redirect: "manual" });
  } catch {
    return; // offline: nothing was chosen, and nothing changes
  }
  show(chosen());
});
addEventListener("pageshow", () => {
  if (form) show(chosen());
});
