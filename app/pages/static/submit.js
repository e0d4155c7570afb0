// Sends the one form of a page that only passes a message on. Without it, its button does.
"use strict";

document.querySelector("form[data-submit]").submit();
