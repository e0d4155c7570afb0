// Keeps the page of a waiting submission fresh: fetches it again and swaps what changed, until it is graded.
"use strict";

const EVERY_MS = 700;
const SLOWER_AFTER = 40; // about half a minute, then five times slower

async function refresh(round) {
  try {
    const response = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok || !page.querySelector("[data-live]")) {
      location.reload();
      return;
    }
    swap(page);
  } catch {
    // The network is away for a moment; the next round tries again.
  }
  setTimeout(refresh, round < SLOWER_AFTER ? EVERY_MS : 5 * EVERY_MS, round + 1);
}

// Unchanged pieces stay as they are, so that a screen reader hears only what is new.
function swap(page) {
  for (const old of document.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${old.dataset.swap}"]`);
    if (!fresh) {
      old.replaceChildren();
    } else if (fresh.innerHTML !== old.innerHTML) {
      old.replaceChildren(...fresh.childNodes);
    }
  }
  document.title = page.title;
}

setTimeout(refresh, EVERY_MS, 1);
