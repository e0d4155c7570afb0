// Leaves the state of a launch with the platform, or reads it back (LTI Client Side postMessages, Platform Storage).
// Without it, or without an answer, the link on the page goes on.
"use strict";

const place = document.querySelector("[data-storage]");
const { storage, origin, key, state } = place.dataset;
const ANSWERED_MS = 2000;
const id = crypto.randomUUID();

function frame() {
  if (window.parent === window) throw new Error("no platform around this page");
  return storage === "_parent" ? window.parent : window.parent.frames[storage];
}

function go(answer) {
  clearTimeout(waited); // a second navigation would ask the platform for the launch again
  window.removeEventListener("message", heard);
  if (state) {
    window.location.replace(place.href);
  } else if (answer && typeof answer.value === "string") {
    place.elements.state.value = answer.value;
    place.submit();
  }
}

function heard(event) {
  if (event.origin === origin && event.data && event.data.message_id === id) {
    go(event.data.error ? null : event.data);
  }
}

window.addEventListener("message", heard);
const waited = setTimeout(go, ANSWERED_MS, null);
try {
  const message = { subject: state ? "lti.put_data" : "lti.get_data", message_id: id, key };
  frame().postMessage(state ? { ...message, value: state } : message, origin);
} catch {
  go(null); // opened without a platform around it
}
