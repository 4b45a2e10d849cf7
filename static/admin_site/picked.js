// Tells the page what was picked in an autocomplete, which tells nobody but jQuery.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  django.jQuery(document).on("select2:select select2:clear", ({ target }) => {
    target.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
