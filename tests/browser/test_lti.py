"""An LMS on another site in a real browser: an activity in a frame, from the first launch to the gradebook."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from app.lti import names
from tests.fakes.lti_platform import CLIENT_ID, LtiPlatform

pytestmark = pytest.mark.browser

GRADED_MS = 180_000
TEACHER = {
    "sub": "teacher-1",
    "name": "Tom Teacher",
    names.ROLES: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"],
}


@pytest.fixture
def platform(site: Any) -> Iterator[LtiPlatform]:
    """A platform at localhost, which for a browser is another site than 127.0.0.1; registered as an operator does."""

    def tool_keys() -> dict[str, Any]:
        with urllib.request.urlopen(f"{site.address}/lti/jwks", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    platform = LtiPlatform(tool_keys, host="localhost")
    origin = platform.origin
    arguments = ["lti", "register", "Moodle", "--issuer", origin, "--client-id", CLIENT_ID]
    for option, path in (("--auth-url", "auth"), ("--token-url", "token"), ("--jwks-url", "jwks")):
        arguments += [option, f"{origin}/{path}"]
    environment = {**os.environ, "CHAINRULE_DATA_DIR": str(site.data), "CHAINRULE_PRIVATE_PLATFORMS": "true"}
    subprocess.run([sys.executable, "-m", "app.cli", *arguments], env=environment, check=True, timeout=60)
    yield platform
    platform.close()


def opened(page: Page, platform: LtiPlatform, site: Any, visitor: dict[str, Any], further: str = "") -> FrameLocator:
    """The activity's frame, after the course page was opened and the activity launched."""
    platform.visitor = visitor
    page.goto(f"{platform.origin}/course?tool={site.address}{further}")
    page.get_by_role("button", name="Open").click()
    return page.frame_locator("iframe[name=activity]")


def test_from_the_first_launch_to_the_score(chromium: Browser, page: Page, site: Any, platform: LtiPlatform) -> None:
    frame = opened(page, platform, site, TEACHER)
    expect(frame.get_by_role("heading", name="Which course is this?")).to_be_visible()
    frame.get_by_label("A new course").check()
    frame.get_by_role("button", name="Connect").click()
    frame.locator(f"#c-{site.folder.assignment.slug}").check()
    frame.get_by_role("button", name="Choose").click()
    expect(frame.get_by_role("heading", level=1)).to_be_visible()

    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    learner = context.new_page()
    frame = opened(learner, platform, site, {})
    frame.locator("input[name=file]").set_input_files(
        {"name": "a1.py", "mimeType": "text/x-python", "buffer": site.folder.starter.encode()}
    )
    frame.get_by_role("button", name="Upload", exact=True).click()
    expect(frame.locator(".score")).to_contain_text("0of 100", timeout=GRADED_MS)
    for _ in range(600):
        if platform.scores:
            break
        time.sleep(0.1)
    (score,) = platform.scores
    assert (score["userId"], score["scoreGiven"], score["scoreMaximum"]) == ("learner-1", 0.0, 100.0)
    assert score["comment"].startswith("Points lost in: ")

    with context.expect_page() as window:
        frame.get_by_role("button", name="Open in a new window").click()
        frame.get_by_role("link", name="Open Chainrule as Lina Learner").click()
    alone = window.value
    alone.get_by_role("button", name="Continue").click()
    expect(alone.locator(".score")).to_be_visible()
    context.close()


@pytest.mark.parametrize("storage", ["", "&storage=yes"])
def test_a_launch_whose_cookie_was_lost(
    chromium: Browser, page: Page, site: Any, platform: LtiPlatform, storage: str
) -> None:
    """Where the platform has kept the state it goes on in the frame, and elsewhere in a window."""
    platform.pauses = True
    frame = opened(page, platform, site, TEACHER, storage)
    frame.get_by_role("button", name="Go on").wait_for()
    page.context.clear_cookies()
    frame.get_by_role("button", name="Go on").click()
    if storage:
        expect(frame.get_by_role("heading", name="Which course is this?")).to_be_visible()
    else:
        expect(frame.get_by_role("link", name="Open Chainrule as Tom Teacher")).to_be_visible()


def test_a_refused_launch_says_why_in_the_frame(chromium: Browser, site: Any, platform: LtiPlatform) -> None:
    context = chromium.new_context()  # a browser logs every answer 400 as an error
    early = {"sub": "early-1", names.CONTEXT: {"id": "another course"}}
    frame = opened(context.new_page(), platform, site, early)
    expect(frame.get_by_text("Your instructor has to open this activity first")).to_be_visible()
    context.close()


def test_another_site_may_not_frame_us(page: Page, site: Any) -> None:
    page.goto(f"{site.address}/login")
    policy = page.request.get(f"{site.address}/login").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
