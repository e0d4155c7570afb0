"""One page in one browser window: what it says of itself, what it fetches, what it weighs, what axe finds."""

import gzip
import json
from dataclasses import dataclass, field
from importlib import resources
from types import TracebackType
from typing import Any, Literal, Self

from playwright.sync_api import Browser, Page, Request, Response, ViewportSize

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
MARK_REPEATS = """
window.markRepeats = () => {
    const looks = new Map(), seen = new Map();
    const look = element => {
        if (!looks.has(element)) {
            const s = getComputedStyle(element), above = element.parentElement;
            looks.set(element, [
                element.localName, s.color, s.fill, s.fontFamily, s.fontSize, s.fontWeight, s.opacity, s.textShadow,
                s.backgroundColor, s.backgroundImage, s.position, above ? look(above) : "",
            ].join(" "));
        }
        return looks.get(element);
    };
    for (const element of document.querySelectorAll("table *, pre *, svg *, ul *, math *")) {
        const block = element.closest("table, pre, svg, ul, math");
        if (!seen.has(block)) seen.set(block, new Set());
        const repeats = element.childElementCount === 0 && seen.get(block).has(look(element));
        element.toggleAttribute("data-repeats", repeats);
        seen.get(block).add(look(element));
    }
};
axe.configure({rules: [{id: "color-contrast", selector: "*:not([data-repeats])"}]});
"""
"""Of thousands of cells of a map that look alike, axe measures the contrast of one: it takes a millisecond each time.

What repeats has the tag, the colours and the font of another leaf of its table, list or picture, and stands on the same
backgrounds. All other rules look at every element.
"""

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 800}
REFUSED = "Failed to load resource: the server responded with a status of {status} "
WATCH = """
window.refusedByPolicy = [];
addEventListener("securitypolicyviolation", event => {
    refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI}`);
});
window.shifted = 0;
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
FIRST_PAINT = """() => new Promise(told => {
    new PerformanceObserver(list => {
        for (const entry of list.getEntriesByName("first-contentful-paint")) told(entry.startTime);
    }).observe({type: "paint", buffered: true});
})"""


@dataclass
class Visit:
    """A window of its own, so that nothing is in its cache, signed in by `cookie`. Use it with `with`."""

    browser: Browser
    address: str
    cookie: str
    said: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    _answers: list[Response] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._context = self.browser.new_context(base_url=self.address, viewport=DESK, color_scheme="light")
        if self.cookie:
            self._context.add_cookies([{"name": "chainrule", "value": f'"{self.cookie}"', "url": self.address}])
        self._context.add_init_script(WATCH)
        self.page: Page = self._context.new_page()
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("pageerror", lambda error: self.said.append(error.message))
        self.page.on("request", self._fetching)
        self.page.on("response", lambda answer: self._answers.append(answer))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._context.close()

    def open(self, path: str) -> int:
        """Go there; the status."""
        answer = self.page.goto(path, wait_until="load")
        assert answer is not None
        self.page.evaluate("document.fonts.ready.then(() => true)")
        refused = REFUSED.format(status=answer.status)  # the browser says so of every page that is no 2xx
        self.said = [words for words in self.said if not (answer.status >= 400 and words.startswith(refused))]
        return answer.status

    def wear(self, theme: Literal["light", "dark"], size: ViewportSize) -> None:
        """Change the colours and the size of the window."""
        self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        self.page.set_viewport_size(size)

    def violations(self) -> list[str]:
        """What axe-core finds wrong with the page as it is now, a line each."""
        return violations(self.page)

    def overflows(self) -> bool:
        """Whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def refused_by_policy(self) -> list[str]:
        """What the content security policy kept the page from."""
        found: list[str] = self.page.evaluate("refusedByPolicy")
        return found

    def shifted(self) -> float:
        """How far the page moved under its reader while it loaded: the cumulative layout shift, 0 for not at all."""
        drawn = "new Promise(told => requestAnimationFrame(() => setTimeout(told)))"
        self.page.evaluate(f"{drawn}.then(() => {drawn})")
        far: float = self.page.evaluate("shifted")
        return far

    def first_paint(self) -> float:
        """When the first of its content was painted, in milliseconds from the request on."""
        milliseconds: float = self.page.evaluate(FIRST_PAINT)
        return milliseconds

    def kilobytes(self) -> float:
        """The page and everything that it fetched, compressed as a proxy would send it."""
        whole = [answer for answer in self._answers if answer.ok and not _is_stream(answer)]
        return sum(len(gzip.compress(answer.body())) for answer in whole) / 1000

    def _hear(self, kind: str, words: str) -> None:
        if kind in ("error", "warning"):
            self.said.append(words)

    def _fetching(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.fetched.append(request.url)


def _is_stream(answer: Response) -> bool:
    """Whether the answer is one that goes on while the page is open."""
    return answer.headers.get("content-type", "").startswith("text/event-stream")


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with a page, a line each."""
    # Evaluated by the browser's debugger: the policy of the page stays as it is, and forbids it to the page itself.
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE + MARK_REPEATS)
    # Of violations alone axe says where each is; of all that is well, and that is most, the first is enough.
    # The size of what a finger has to hit is a rule of WCAG 2.2, which axe looks at only where it is told to.
    options = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
    run = f"markRepeats(), axe.run(document, {options}).then(found => found.violations)"
    found: list[dict[str, Any]] = page.evaluate(run)
    return [
        f"{one['id']}: {one['help']}: {json.dumps(node['target'])} {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
    ]
