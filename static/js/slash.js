// The key “/” leads to the search, unless the visitor types into a field, or turned it off on the
// search page. Where a browser allows no localStorage it couldn't be turned off: there it does nothing.
const KEPT_AS = "slash";
const door = document.querySelector("[aria-keyshortcuts]");
const setting = document.querySelector("#slash");

function isOn() {
  try {
    return localStorage.getItem(KEPT_AS) !== "off";
  } catch {
    return false;
  }
}

function say() {
  const state = isOn() ? "on" : "off";
  if (state === "on") door.setAttribute("aria-keyshortcuts", "/");
  else door.removeAttribute("aria-keyshortcuts");
  for (const each of setting?.querySelectorAll("[data-on]") ?? []) {
    each.textContent = each.dataset[state];
  }
}

addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
  if (event.target.closest("input, select, textarea")) return;
  event.preventDefault();
  const field = document.querySelector("#words");
  field?.focus();
  if (field) field.select();
  else door.click();
});
setting?.addEventListener("click", (event) => {
  if (!event.target.closest("button")) return;
  if (isOn()) localStorage.setItem(KEPT_AS, "off");
  else localStorage.removeItem(KEPT_AS);
  say();
});
say();
try {
  localStorage.getItem(KEPT_AS);
} catch {
  if (setting) setting.hidden = true; // there is nothing to turn off
}
