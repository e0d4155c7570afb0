"""Every page in the browser: accessible in both themes and on a phone, quiet, light, with nothing from elsewhere."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.demonstration import NOW
from tests.browser.page_table import NOT_PAGES, Look, looks
from tests.browser.visit import DESK, PHONE, Visit
from tests.browser.walk import TAG, Walk, walking

pytestmark = pytest.mark.browser

MOST_KILOBYTES = 100.0
WAYS: tuple[tuple[Literal["light", "dark"], ViewportSize], ...] = (("light", DESK), ("dark", PHONE))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with walking(tmp_path_factory.mktemp("data")) as walk:
        yield walk


def test_no_page_is_forgotten(walk: Walk) -> None:
    pages = {path for method, path in walk.routes if method == "GET" and not path.startswith("/api/")}
    looked_at = {look.route for look in looks()}

    assert len(pages) > 40
    assert pages - looked_at - set(NOT_PAGES) == set(), "say in TABLE who looks at these pages, or in NOT_PAGES why not"
    assert (looked_at | set(NOT_PAGES)) - pages == set(), "these routes are gone"
    assert looked_at & set(NOT_PAGES) == set()


def test_what_is_not_looked_at_is_no_page(walk: Walk) -> None:
    cookie = walk.cookie("instructor")
    for route in NOT_PAGES:
        request = urllib.request.Request(walk.address + walk.path(Look(route, "instructor", route)))
        request.add_header("Cookie", f'chainrule="{cookie}"')
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                kind, moved = answer.headers["Content-Type"], answer.url != request.full_url
        except urllib.error.HTTPError as error:
            with error:
                kind, moved = error.headers["Content-Type"], False
        assert moved or not kind.startswith("text/html"), route


@pytest.mark.parametrize("look", looks(), ids=lambda look: look.name)
def test_a_page(chromium: Browser, walk: Walk, look: Look) -> None:
    with Visit(chromium, walk.address, walk.cookie(look.who)) as visit:
        assert visit.open(walk.path(look)) == look.status
        assert visit.shifted() == 0
        assert visit.page.locator(TAG).count() == 0

        found = []
        for theme, size in WAYS:
            visit.wear(theme, size)
            found += [f"{theme} at {size['width']}: {line}" for line in visit.violations()]
        assert found == []
        assert not visit.overflows()
        assert visit.said == []
        assert visit.refused_by_policy() == []
        assert [url for url in visit.fetched if not url.startswith(walk.address + "/")] == []
        assert visit.kilobytes() < MOST_KILOBYTES


def test_a_launch_s_account_is_linked_by_signing_in(chromium: Browser, walk: Walk) -> None:
    """Its last page opens only in the browser that has come all the way."""
    with Visit(chromium, walk.address, walk.cookie("launched")) as visit:
        visit.open("/lti/account?next=/profile")
        visit.page.get_by_role("button", name="Sign in to the account I had").click()
        visit.page.get_by_label("E-mail").fill("instructor@example.org")
        visit.page.get_by_label("Password").fill("a long password")
        visit.page.get_by_role("button", name="Sign in").click()
        visit.page.get_by_role("heading", name="Are both of these you?").wait_for()
        for theme, size in WAYS:
            visit.wear(theme, size)
            assert visit.violations() == []
        assert not visit.overflows()
        visit.page.get_by_role("button", name="Both are me: link them").click()
        visit.page.get_by_text("The two accounts are one now.").wait_for()
        assert visit.said == []


def test_what_a_student_plants_is_read_on_many_pages(chromium: Browser, walk: Walk) -> None:
    read = set()
    with Visit(chromium, walk.address, walk.cookie("instructor")) as visit:
        for look in looks():
            if look.who == "instructor":
                visit.open(walk.path(look))
                if f"<{TAG}>" in visit.page.locator("main").inner_text():
                    read.add(look.path)
    pages = {"dashboard", "lms", "extensions", "people", "history"}
    assert {path.rsplit("/", 1)[-1] for path in read} >= {*pages, "{hostile}", "source"}


def test_it_sees_what_is_wrong(chromium: Browser, walk: Walk) -> None:
    with Visit(chromium, walk.address, "") as visit:
        visit.open("/login")
        visit.page.evaluate(f"document.querySelector('main').prepend(document.createElement('{TAG}'), 'words')")
        assert visit.page.locator(TAG).count() == 1
        assert visit.shifted() > 0
        visit.wear("light", PHONE)
        planted = "<img src='http://127.0.0.1:9/x.png' style='color: red'><input><p class='wide'>x</p>"
        visit.page.evaluate(f'document.querySelector("main").innerHTML += `{planted}`')
        visit.page.evaluate('document.querySelector(".wide").style.width = "900px"')

        assert {line.partition(":")[0] for line in visit.violations()} >= {"image-alt", "label"}
        assert visit.overflows()
        assert any(line.startswith("img-src") for line in visit.refused_by_policy())
        assert any("Content Security Policy" in words for words in visit.said)
        assert visit.kilobytes() > 50


@pytest.mark.parametrize("wrong", ["color = '#ddd'", "backgroundColor = '#555'"])
def test_it_sees_the_cell_that_cannot_be_read_among_many(chromium: Browser, walk: Walk, wrong: str) -> None:
    """The contrast of cells that look alike is measured once, and this one looks otherwise."""
    with Visit(chromium, walk.address, "") as visit:
        visit.open("/login")
        rows = "".join(f"<tr><td>{row}.1</td><td>{row}.2</td><td>{row}.3</td></tr>" for row in range(5))
        visit.page.evaluate(f"document.querySelector('main').innerHTML += '<table>{rows}</table>'")
        assert not any("color-contrast" in line for line in visit.violations())
        visit.page.evaluate(f"const cell = [...document.querySelectorAll('td')].at(-2); cell.style.{wrong}")

        (found,) = [line for line in visit.violations() if line.startswith("color-contrast")]
        assert ">4.2</td>" in found


def test_the_time_of_the_pages_stands(walk: Walk) -> None:
    assert walk.demonstrator.clock.now == NOW
