"""When a browser first paints a page, and what its first visit weighs: in a window of its own, nothing in the cache."""

from collections.abc import Iterator, Mapping

from fastapi import FastAPI
from playwright.sync_api import sync_playwright

from tests.benchmarks.figure import Figure, Remark, median
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.visit import Visit
from tests.fakes.listening import listening

MOST_KB = 100.0


def first_paints(app: FastAPI, looks: Mapping[str, tuple[str, str]], visits: int) -> Iterator[Figure | Remark]:
    """Figures of each page by its name. looks: cookie and path of a page by the name of its figures."""
    if not CHROMIUM.exists():
        yield Remark(f"first paint is left out: {CHROMIUM} is not installed (Debian package chromium)")
        return
    with listening(app) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            for name, (cookie, path) in looks.items():
                painted = []
                for _ in range(visits):
                    with Visit(browser, address, cookie) as visit:
                        assert visit.open(path) == 200, path
                        painted.append(visit.first_paint())
                        weight = visit.kilobytes()
                yield Figure(f"pages.{name}.first_paint", median(painted), "ms")
                yield Figure(f"pages.{name}.first_visit", weight, "kB", at_most=MOST_KB)
        finally:
            browser.close()
