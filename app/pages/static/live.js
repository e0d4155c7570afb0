// Keeps the page of a waiting submission fresh until it is graded: the server sends what changes, and where nothing comes
// through the page is fetched again and again. Without this script the page reloads itself.
"use strict";

const POLL_MS = 2000;
const SILENT_MS = 15000; // no event for so long: something on the way gathers them
const CALM_MS = 2000; // between two changes of what a screen reader hears

let spoken = -CALM_MS; // when it last changed
let pending = null;

// Unchanged pieces stay as they are, so that a screen reader hears only what is new, and that not too often.
function show(page) {
  for (const old of document.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${old.dataset.swap}"]`);
    if (!fresh || fresh.innerHTML === old.innerHTML) continue;
    if ("calm" in old.dataset) speak(old, fresh);
    else old.replaceChildren(...fresh.childNodes);
  }
  const titled = page.querySelector("[data-title]");
  if (titled) document.title = titled.dataset.title;
}

function speak(old, fresh) {
  clearTimeout(pending);
  const wait = Math.max(0, spoken + CALM_MS - performance.now());
  pending = setTimeout(() => {
    spoken = performance.now();
    old.replaceChildren(...fresh.childNodes);
  }, wait);
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

async function poll() {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    const page = parsed(await response.text());
    if (!response.ok || !page.querySelector("[data-live]")) return location.reload();
    show(page);
  } catch {
    // The network is away for a moment; the next round tries again.
  }
  setTimeout(poll, POLL_MS);
}

function listen(address) {
  const stream = new EventSource(address);
  let silence = null;
  const giveUp = () => {
    clearTimeout(silence);
    stream.close();
    poll();
  };
  const heard = () => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, SILENT_MS);
  };
  heard();
  stream.addEventListener("page", (event) => {
    heard();
    show(parsed(event.data));
  });
  stream.addEventListener("done", () => {
    clearTimeout(silence);
    stream.close();
    location.reload();
  });
  // A stream that has reached its time opens again by itself; one that was refused never does.
  stream.addEventListener("error", () => {
    if (stream.readyState === EventSource.CLOSED) giveUp();
  });
}

listen(document.querySelector("[data-live]").dataset.live);
