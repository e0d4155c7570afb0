"""The instructor's journey in a real browser: from an empty course to the export, with an extension and a regrade."""

import csv
import io
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.window import no_sideways_scroll

pytestmark = pytest.mark.browser

GRADED_MS = 180_000  # a whole grading on a machine that is busy with the other tests


def sign_in(page: Page, who: str) -> None:
    page.context.clear_cookies()
    page.goto("/login")
    page.get_by_label("E-mail").fill(f"{who}@example.org")
    page.get_by_label("Password").fill("a long password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your courses")).to_be_visible()


def test_from_an_empty_course_to_the_export(page: Page, site: Any) -> None:
    sign_in(page, "teacher")
    page.get_by_role("link", name="New course").click()
    page.get_by_label("Title").fill("Deep learning")
    page.get_by_label("Short name").fill("dl-2027")
    page.get_by_label("Time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Make the course").click()
    expect(page.get_by_text("This course has no assignment yet.")).to_be_visible()

    page.get_by_role("link", name="Add an assignment").click()
    page.get_by_role("link", name="ece421-numpy-nn").click()
    page.get_by_label("Due", exact=True).fill("2020-01-01T18:00")
    page.get_by_label("How many", exact=True).fill("3")
    page.get_by_label("Each late day costs a share of the points").check()
    page.get_by_label("Percent of the points earned").fill("10")
    page.get_by_label("Late days that cost nothing").fill("100")
    page.get_by_role("button", name="Add the assignment").click()
    path = "/courses/dl-2027/assignments/ece421-numpy-nn"

    page.get_by_role("link", name="People").click()
    page.get_by_role("textbox", name="The list").fill(
        "Third, third@example.org\nNew Person, new@example.org, assistant\nBad, bad"
    )
    page.get_by_role("button", name="See what it would do").click()
    expect(page.get_by_role("alert")).to_contain_text("Line 3")
    page.get_by_role("textbox", name="The list").fill(
        "Third, third@example.org\nNew Person, new@example.org, assistant"
    )
    page.get_by_role("button", name="Look again").click()
    page.get_by_role("button", name="Add two people").click()
    page.get_by_label("E-mail (may be empty)").fill("invited@example.org")
    page.get_by_label("As", exact=True).select_option("assistant")
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_label("Invitation link")).to_contain_text("/invitations/")
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("No invitation is open.")).to_be_visible()
    page.get_by_role("link", name="Third Person").click()
    page.get_by_role("link", name="Give one").click()
    page.get_by_label("New due date").fill("2099-01-01T18:00")
    page.get_by_label("Reason").fill("Ill in May")
    page.get_by_role("button", name="Give the extension").click()
    expect(page.get_by_role("cell", name="Ill in May")).to_be_visible()

    sign_in(page, "third")
    page.goto(path)
    expect(page.get_by_text("for you: Ill in May")).to_be_visible()
    page.locator("input[name=file]").set_input_files(
        {"name": "a1.py", "mimeType": "text/x-python", "buffer": site.folder.starter.encode()}
    )
    page.get_by_role("button", name="Upload", exact=True).click()
    page.wait_for_url("**/submissions/*")
    expect(page.locator(".score")).to_be_visible(timeout=GRADED_MS)
    submission = page.url

    sign_in(page, "teacher")
    page.goto(submission)
    page.get_by_label("What it counts").fill("42")
    page.get_by_label("Why, for").fill("Shown at the board")
    page.get_by_role("button", name="Have it count this").click()
    expect(page.locator("#counts")).to_contain_text("Set by staff: 42 of 100. The checks gave 0 of 100.")
    page.get_by_label("A comment to").fill("See me on Monday.")
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_text("See me on Monday.")).to_be_visible()

    page.goto(f"{path}/regrade")
    page.get_by_role("button", name="Try it on one submission").click()
    for _ in range(60):
        if page.get_by_role("button", name="Apply").count():
            break
        page.wait_for_timeout(2000)
        page.reload()
    expect(page.get_by_text("No grade would change.")).to_be_visible()
    page.get_by_role("button", name="Apply").click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.get_by_text("undone, begun by Teacher Person")).to_be_visible()

    page.set_viewport_size({"width": 320, "height": 800})
    course = "/courses/dl-2027"
    for name in (course, f"{course}/people", f"{course}/settings", f"{course}/assignments/new"):
        page.goto(name)
        assert no_sideways_scroll(page), name
    for name in ("dashboard", "regrade", "edit", "extensions"):
        page.goto(f"{path}/{name}")
        assert no_sideways_scroll(page), name
    page.goto(submission)
    assert no_sideways_scroll(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{path}/dashboard")
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Grades as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["email"], row["score"]) == ("third@example.org", "42")
    with page.expect_download() as download:
        page.get_by_role("link", name="All sources").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def test_on_a_phone_the_tables_of_staff_are_whole(page: Page, site: Any) -> None:
    sign_in(page, "teacher")
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto("/courses/course")
    cut = "node => node.scrollWidth > node.clientWidth"
    assert not page.locator("main .scroll").evaluate(cut)
    expect(page.get_by_role("link", name="Dashboard")).to_be_in_viewport()
    expect(page.get_by_role("link", name="Set up")).to_be_in_viewport()

    page.goto(f"{site.path}/dashboard")
    students = page.get_by_role("region", name="Table of students by part")
    assert not students.evaluate(cut)
    first = students.locator("tbody tr").first
    expect(first.get_by_text("attempts:")).to_be_visible()
    expect(first.locator("td.p").last).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(first.get_by_text("attempts:")).to_be_hidden()
