// Ask before somebody leaves a page with unsaved changes.
const forms = [...document.querySelectorAll("#content-main > form, form[data-unsaved]")];
// A form that was refused, or waits for a login, is unsaved from the start.
const unsaved = document.querySelector("[data-unsaved], .errornote, .conflicts") !== null;

// Before they are sent, boxes with two sides hold the chosen values as options, selected or not.
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

// After other scripts have set up rows and boxes.
addEventListener("load", () => setTimeout(remember));
addEventListener("pageshow", () => (sent = false));
addEventListener("submit", (event) => (sent = !event.defaultPrevented));
addEventListener("beforeunload", (event) => {
  const changed = before !== null && forms.map(typed).join("\n") !== before;
  if (!sent && (unsaved || changed)) event.preventDefault();
});
