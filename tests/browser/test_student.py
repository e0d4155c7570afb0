"""What a student does before and after handing in, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.test_main_job import sign_in, upload
from tests.browser.window import no_sideways_scroll

pytestmark = pytest.mark.browser

CHECKED_MS = 30_000
TOP_ON_PAGE = "node => node.getBoundingClientRect().top + window.scrollY"


def choose(page: Page, name: str, text: str) -> None:
    page.locator("input[name=file]").set_input_files(
        {"name": name, "mimeType": "text/x-python", "buffer": text.encode()}
    )


def drop(page: Page, *files: tuple[str, str]) -> None:
    """Let files fall on the zone, as from a file manager."""
    page.evaluate(
        """(files) => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name));
            const zone = document.querySelector(".drop");
            for (const kind of ["dragenter", "dragover", "drop"])
                zone.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        [list(file) for file in files],
    )


def attempts(page: Page) -> str:
    return page.locator("dl.facts dd").nth(1).inner_text()


def test_a_chosen_file_is_checked_at_once_and_costs_nothing(page: Page, site: Any) -> None:
    sign_in(page, "third")
    page.goto(site.path)
    before = attempts(page)
    choose(page, "a1.py", site.folder.solution.replace("def grad_ce(", "def gradce_loss("))
    panel = page.locator("#precheck")
    expect(panel).to_contain_text("One thing would cost points", timeout=CHECKED_MS)
    expect(panel).to_contain_text("The name that comes nearest is gradce_loss.")
    choose(page, "a1.py", site.folder.solution)
    expect(panel).to_contain_text("Nothing is missing in a1.py", timeout=CHECKED_MS)
    expect(page.locator("#file-says")).to_contain_text("Ready to upload.")
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)
    page.reload()
    assert attempts(page) == before


def test_what_a_check_finds_moves_no_button(page: Page, site: Any) -> None:
    """A click that had begun as the check answered would have hit nothing."""
    sign_in(page, "third")
    page.goto(site.path)
    held: list[Route] = []
    page.route("**/check", lambda route: held.append(route))
    with page.expect_request("**/check"):
        choose(page, "a1.py", "def f(:")
    button = page.get_by_role("button", name="Upload", exact=True)
    before = button.evaluate(TOP_ON_PAGE)
    page.wait_for_function("document.querySelector('#precheck').ariaBusy === 'true'")
    held[0].continue_()
    expect(page.locator("#precheck")).to_contain_text("SyntaxError on line 1", timeout=CHECKED_MS)
    assert button.evaluate(TOP_ON_PAGE) == before


def test_what_cannot_be_taken_is_told_before_anything_is_sent(page: Page, site: Any) -> None:
    sign_in(page, "third")
    page.goto(site.path)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    says, file = page.locator("#file-says"), page.locator("input[name=file]")
    choose(page, "a1.pdf", "%PDF")
    expect(says).to_contain_text("a1.pdf, 4 bytes. Choose a Python file (.py)")
    expect(file).to_have_attribute("aria-invalid", "true")
    choose(page, "a1.py", "#" * 1_100_000)
    expect(says).to_contain_text("1.1 MB. This is larger than")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(file).to_be_focused()
    choose(page, "empty.py", "")
    expect(says).to_contain_text("This file is empty.")
    file.set_input_files([])
    page.get_by_role("button", name="Check first").click()
    expect(says).to_have_text("Choose a file or paste your code first.")
    drop(page, ("a.py", "a = 1"), ("b.py", "b = 2"))
    expect(says).to_have_text("One file at a time: several modules go into one .zip.")
    assert sent == []


def test_a_dropped_file_and_pasted_code_are_checked_like_a_chosen_one(page: Page, site: Any) -> None:
    sign_in(page, "third")
    page.goto(site.path)
    drop(page, ("dropped.py", site.folder.solution))
    panel = page.locator("#precheck")
    expect(panel).to_contain_text("Nothing is missing in dropped.py", timeout=CHECKED_MS)
    page.locator("input[name=file]").set_input_files([])
    page.get_by_text("Or paste your code").click()
    page.get_by_label("Python source").fill("def f(:")
    expect(panel).to_contain_text("SyntaxError on line 1", timeout=CHECKED_MS)
    page.evaluate("document.querySelector('#hand-in').dataset.mostBytes = 5")  # a browser takes minutes to lay out 1 MB
    page.get_by_label("Python source").fill("x = 12")
    expect(page.locator("#file-says")).to_contain_text("This is larger than")
    expect(page.get_by_label("Python source")).to_have_attribute("aria-invalid", "true")


def test_a_file_and_pasted_code_together_are_told_before_anything_is_sent(page: Page, site: Any) -> None:
    sign_in(page, "third")
    page.goto(site.path)
    choose(page, "a1.py", site.folder.solution)
    page.get_by_text("Or paste your code").click()
    page.get_by_label("Python source").fill("x = 1")
    expect(page.locator("#file-says")).to_contain_text("send one of the two")
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page).to_have_url(re.compile(site.path + "$"))
    page.get_by_label("Python source").fill("")
    expect(page.locator("#file-says")).to_contain_text("Ready to upload.")


def test_the_form_is_used_by_keyboard_alone(page: Page, site: Any) -> None:
    sign_in(page, "third")
    page.goto(site.path)
    page.locator("input[name=file]").focus()
    names = []
    for _ in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert names == ["Or paste your code", "Upload", "Check first"]
    choose(page, "a1.py", "def f(:")
    page.get_by_role("button", name="Check first").press("Enter")
    expect(page.locator("#precheck")).to_contain_text("SyntaxError on line 1", timeout=CHECKED_MS)
    assert page.url.endswith(site.path)
    assert page.locator("input[name=file]").evaluate("node => node.files.length") == 1


def test_without_scripts_a_second_button_checks(page: Page, site: Any) -> None:
    assert page.context.browser is not None
    context = page.context.browser.new_context(base_url=site.address, java_script_enabled=False)
    try:
        plain = context.new_page()
        sign_in(plain, "third")
        plain.goto(site.path)
        choose(plain, "a1.py", "def relu(x): return x\n")
        plain.get_by_role("button", name="Check first").click()
        expect(plain.locator("#precheck")).to_contain_text("Seven things would cost points")
        assert plain.url.endswith("/check")
        expect(plain.get_by_role("button", name="Upload", exact=True)).to_be_visible()
    finally:
        context.close()


def test_marked_lines_lead_to_their_finding_and_back(page: Page, site: Any) -> None:
    sign_in(page, "third")
    wrong = site.folder.solution.replace("np.maximum(x, 0", "np.minimum(x, 0", 1)
    assert wrong != site.folder.solution
    upload(page, site, wrong)
    mark = page.locator("#source a.see").first
    mark.click()
    assert re.search(r"#finding-\d+$", page.url)
    back = page.locator("article.finding").first.get_by_role("link", name=re.compile("In the whole source"))
    back.click()
    assert re.search(r"#L\d+$", page.url)
    assert page.evaluate("document.querySelector('#source li:target') !== null")
    upload(page, site, site.folder.solution)
    expect(page.locator("#since .diff .added")).to_have_count(1)
    expect(page.locator("#since .diff .removed")).to_have_count(1)
    expect(page.locator("#since")).to_contain_text("gone")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        added = page.locator("#since .diff .added")
        colours = added.evaluate("node => [getComputedStyle(node).backgroundColor, getComputedStyle(node).boxShadow]")
        assert colours[0] not in ("rgba(0, 0, 0, 0)", "rgb(255, 255, 255)")
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_sideways_scroll(page)


def test_on_a_phone_a_course_fits_and_ways_up_are_whole(page: Page, site: Any) -> None:
    sign_in(page, "second")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/courses/course")
    assert page.locator("main .scroll").evaluate("node => node.scrollWidth <= node.clientWidth")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    page.get_by_role("link", name=site.folder.assignment.title).click()
    up = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")
    expect(up).to_have_count(1)
    assert up.evaluate("node => node.scrollWidth <= node.closest('li').clientWidth")
    page.get_by_role("link", name="Upload", exact=True).click()
    expect(page.get_by_role("button", name="Upload", exact=True)).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.get_by_role("link", name="Upload", exact=True)).to_be_hidden()


def waits_for_score(page: Page) -> None:
    expect(page.locator(".score")).to_be_visible(timeout=180_000)


def hand_in_slow(page: Page, site: Any) -> str:
    """Hand in what takes seconds to grade, so that its page is opened before its score is there; the page's address."""
    page.goto(site.path)
    choose(page, "a1.py", f"import time\n{site.folder.starter}\n\ndef relu(x):\n    time.sleep(2)\n    return x\n")
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url("**/submissions/*")
    return page.url


def test_progress_comes_as_events_and_survives_a_reload(page: Page, site: Any) -> None:
    sign_in(page, "first")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    address = hand_in_slow(page, site)
    with page.expect_request("**/events"):
        page.reload()
    waits_for_score(page)
    assert asked.count(("eventsource", address + "/events")) >= 2
    assert ("fetch", address) not in asked


def test_without_events_the_page_asks_again(page: Page, site: Any) -> None:
    sign_in(page, "first")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    page.route("**/events", lambda route: route.fulfill(status=204))
    address = hand_in_slow(page, site)
    waits_for_score(page)
    assert ("fetch", address) in asked
