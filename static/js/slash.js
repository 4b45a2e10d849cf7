// The key “/” leads to the search, until it is turned off on the search's page. A browser that keeps
// nothing couldn't keep that either: there the key does nothing. Who types into a field types it.
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
