// Tell the visitor when a part of a page can't be fetched: htmx itself would do nothing.
const note = document.createElement("p");
note.className = "note failed";
note.setAttribute("role", "alert");

function say(words, then = "What you see may be out of date. Try again, or reload the page.") {
  document.querySelector("main").append(note);
  note.textContent = `${words} ${then}`;
}

document.addEventListener("htmx:sendError", () => {
  say(navigator.onLine ? "The site doesn’t answer." : "You are offline.");
});
document.addEventListener("htmx:timeout", () => say("The site takes too long to answer."));
document.addEventListener("htmx:responseError", ({ detail }) => {
  // Only editors' pages answer 403 to htmx: when the session has ended.
  if (detail.xhr.status === 403) say("You are logged out.", "Log in in another tab, then continue here.");
  else say("Something broke on our side.");
});
document.addEventListener("htmx:afterSwap", () => note.remove());
