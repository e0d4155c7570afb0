// The upload form: takes a dropped file anywhere on the zone, says at once what is wrong with its name, kind or size, and
// has the server look at it before it is handed in. Without this script the form works by its two buttons.
"use strict";

const form = document.querySelector("#hand-in");
const input = form.querySelector("input[type=file]");
const zone = form.querySelector(".drop");
const code = form.querySelector("textarea");
const says = form.querySelector("#file-says");
const panel = document.querySelector("#precheck");
const words = form.dataset; // every sentence stands in the page, so that this file needs no translation
const kinds = words.kinds.split(" ");
const TYPING_MS = 1200; // after the last key in the pasted code

let running = null; // the look under way, given up when the next one begins
let looked = ""; // the pasted text that was looked at last

function problem(file) {
  if (!kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) return words.sayKind;
  if (file.size === 0) return words.sayEmpty;
  if (file.size > Number(words.mostBytes)) return words.sayLarge;
  return "";
}

function pastedProblem() {
  return new Blob([code.value]).size > Number(words.mostBytes) ? words.sayLarge : "";
}

// Which of the two is meant, nobody but the student can say. After the Back button a chosen file is still there.
function bothProblem() {
  return input.files.length > 0 && code.value.trim() ? words.sayBoth : "";
}

// In the language of the page, which the browser knows the units of.
function size(bytes) {
  if (bytes < 1000) return measured(bytes, "byte", "long", 0);
  return bytes < 1e6 ? measured(bytes / 1000, "kilobyte", "short", 1) : measured(bytes / 1e6, "megabyte", "short", 1);
}

function measured(value, unit, unitDisplay, digits) {
  const written = { style: "unit", unit, unitDisplay, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(document.documentElement.lang, written).format(value);
}

// Says something beside the form; what is wrong is announced at once and marks the field.
function say(sentence, wrong, field) {
  says.textContent = sentence;
  says.classList.toggle("bad", wrong);
  for (const one of [input, code]) {
    if (wrong && one === field) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

async function look() {
  running?.abort();
  const mine = (running = new AbortController());
  const sent = new FormData(form);
  sent.set("fragment", "1");
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(words.check, { method: "POST", body: sent, credentials: "same-origin", signal: mine.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-precheck]");
    if (mine !== running) return;
    if (found) panel.replaceChildren(document.importNode(found, true));
    else say(words.sayAway, false);
  } catch {
    if (mine === running) say(words.sayAway, false);
  } finally {
    if (mine === running) panel.removeAttribute("aria-busy");
  }
}

function chosen() {
  running?.abort();
  panel.replaceChildren();
  const file = input.files[0];
  if (!file) return say("", false);
  const wrong = input.files.length > 1 ? words.saySeveral : problem(file) || bothProblem();
  say(`${file.name}, ${size(file.size)}. ${wrong || words.sayChosen}`, wrong !== "", input);
  if (!wrong) look();
}

function typed() {
  const wrong = bothProblem() || pastedProblem();
  if (wrong) return say(wrong, true, code);
  if (input.files.length > 0) return chosen(); // the text was emptied, so the file is meant after all
  say("", false);
  if (!code.value.trim() || code.value === looked) return;
  looked = code.value;
  look();
}

input.addEventListener("change", chosen);

let typing = 0;
code.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(typed, TYPING_MS);
});

for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  zone.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.classList.toggle("over", kind === "dragenter" || kind === "dragover");
  });
  // A file dropped beside the zone would replace the page, and what was pasted with it.
  window.addEventListener(kind, (event) => event.preventDefault());
}
zone.addEventListener("drop", (event) => {
  const files = event.dataTransfer.files;
  if (files.length > 1) return say(words.saySeveral, true, input);
  if (files.length === 1) {
    input.files = files;
    chosen();
  }
});

// Nothing that is certain to come back is sent, and a check stays on this page: another would have to ask for the file again.
form.addEventListener("submit", (event) => {
  const file = input.files[0];
  const wrong = file ? problem(file) || bothProblem() : code.value.trim() ? pastedProblem() : words.sayNothing;
  const checks = event.submitter?.hasAttribute("formaction");
  if (wrong || checks) event.preventDefault();
  if (!wrong && checks) {
    looked = code.value;
    look();
  }
  if (!wrong) return;
  const field = file || !code.value.trim() ? input : code;
  say(wrong, true, field);
  field.focus();
});
