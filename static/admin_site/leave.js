// Asks before a page is left on which something was typed and not sent.
const forms = [...document.querySelectorAll("#content-main > form, form[data-unsaved]")];
// What was refused, or waits for a login, is unsaved from the beginning.
const unsaved = document.querySelector("[data-unsaved], .errornote, .conflicts") !== null;

// Boxes with two sides tell what was chosen by their options, until they are sent.
const chosen = (form) => [...form.querySelectorAll("select[id$=_to] option")].map((each) => each.value);
const typed = (form) => {
  const sent = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return [...sent.map(String), ...chosen(form)].sort().join("\n");
};

let before = null;
let sent = false;
const remember = () => {
  before = forms.map(typed).join("\n");
  sent = false;
};

// Other scripts put rows and boxes in order first.
addEventListener("load", () => setTimeout(remember));
addEventListener("pageshow", () => (sent = false));
addEventListener("submit", (event) => (sent = !event.defaultPrevented));
addEventListener("beforeunload", (event) => {
  const changed = before !== null && forms.map(typed).join("\n") !== before;
  if (!sent && (unsaved || changed)) event.preventDefault();
});
