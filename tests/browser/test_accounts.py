"""Accounts in a real browser, with real mail on loopback: invited, forgotten, single sign-on, the profile."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.passwords import Passwords
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role
from tests.browser.window import no_sideways_scroll
from tests.fakes.identity_provider import CLIENT, IdentityProvider
from tests.fakes.smtp_server import SmtpServer
from tests.service import processes

pytestmark = pytest.mark.browser

PASSWORD = "a long password"
NEW_PASSWORD = "another long password"


@dataclass(frozen=True)
class Service:
    """A server that sends mail and knows an identity provider."""

    address: str
    environment: dict[str, str]
    mail: SmtpServer

    def link(self, count: int) -> str:
        """The link in the newest of `count` mails."""
        text = self.mail.wait_for(count)[-1].message.get_content()
        found = re.search(rf"{self.address}/\S+", text)
        assert found is not None, text
        return found[0]

    def command(self, *arguments: str) -> None:
        """Run `chainrule` on the same data."""
        subprocess.run([sys.executable, "-m", "app.cli", *arguments], env=self.environment, check=True, timeout=120)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("accounts")
    _fill(data)
    with SmtpServer(None, {}) as mail, IdentityProvider(secret="") as provider:
        provider.person = {"sub": "1", "email": "third@example.org", "email_verified": True, "name": "Third"}
        settings = {
            "CHAINRULE_LOG_LEVEL": "WARNING",
            "CHAINRULE_EMBEDDED_WORKER": "false",
            "CHAINRULE_SMTP_HOST": "127.0.0.1",
            "CHAINRULE_SMTP_PORT": str(mail.port),
            "CHAINRULE_SMTP_SECURITY": "none",
            "CHAINRULE_MAIL_FROM": "Chainrule <grader@example.org>",
            "CHAINRULE_OIDC_ISSUER": provider.issuer,
            "CHAINRULE_OIDC_CLIENT_ID": CLIENT,
            "CHAINRULE_OIDC_NAME": "Example University",
        }
        started = processes.Service(data, settings)
        try:
            address = started.serve().address
            environment = {**os.environ, "CHAINRULE_DATA_DIR": str(data), **settings}
            yield Service(address, environment, mail)
        finally:
            started.close()


@pytest.fixture
def window(chromium: Browser, service: Service) -> Iterator[BrowserContext]:
    """A browser of its own; the test fails if a page of it logged an error or broke the content security policy."""
    context = chromium.new_context(base_url=service.address, viewport={"width": 1280, "height": 900})
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context
    context.close()
    assert [words for words in said if "status of 422" not in words] == []


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    page.goto("/login")
    page.get_by_label("E-mail").fill(f"{who}@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your courses")).to_be_visible()


def test_invited_by_mail_to_a_password_to_the_course(window: BrowserContext, service: Service) -> None:
    before = len(service.mail.arrived)
    service.command("user", "invite", "course", "student", "--email", "new@example.org")
    link = service.link(before + 1)
    page = window.new_page()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Join Neural networks by hand")
    assert no_sideways_scroll(page)
    page.get_by_label("Your name").fill("New Person")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same again").fill("something else")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("differ")
    expect(page.get_by_label("The same again")).to_be_focused()
    expect(page.get_by_label("The same again")).to_have_accessible_description("The two passwords differ.")
    expect(page.get_by_label("Your name")).to_have_value("New Person")
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Make the account and join").click()
    page.wait_for_url("**/courses/course")

    expect(page.get_by_role("heading", level=1)).to_have_text("Neural networks by hand")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "new", NEW_PASSWORD)


def test_forgotten_mailed_and_set_anew(window: BrowserContext, chromium: Browser, service: Service) -> None:
    before = len(service.mail.arrived)
    other = chromium.new_context(base_url=service.address)
    elsewhere = other.new_page()
    sign_in(elsewhere, "first")
    page = window.new_page()
    page.goto("/login")
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.get_by_label("E-mail").fill("first@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Look at your mail")).to_be_visible()
    page.goto(service.link(before + 1))
    page.get_by_label("New password").fill(NEW_PASSWORD)
    page.get_by_label("The same again").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("heading", name="Your courses")).to_be_visible()
    elsewhere.goto("/")

    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, "first", NEW_PASSWORD)


def test_single_sign_on_leads_back_to_where_one_was_going(window: BrowserContext) -> None:
    page = window.new_page()
    page.goto("/courses/course")
    page.get_by_role("link", name="Sign in with Example University").click()
    page.wait_for_url("**/courses/course")

    expect(page.get_by_role("link", name="Third Person")).to_be_visible()


def test_the_profile_by_keyboard_on_a_phone_in_the_dark(
    window: BrowserContext, chromium: Browser, service: Service
) -> None:
    other = chromium.new_context(base_url=service.address)
    sign_in(other.new_page(), "second")
    page = window.new_page()
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 800})
    sign_in(page, "second")
    page.get_by_role("link", name="Second Person").click()
    assert no_sideways_scroll(page)
    page.get_by_label("Time zone", exact=True).select_option("Asia/Tokyo")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("saved")
    expect(page.get_by_text("Times are Tokyo time, UTC+9.")).to_be_visible()
    page.get_by_role("button", name="Sign out all other browsers").click()
    expect(page.get_by_role("status")).to_contain_text("All other browsers are signed out.")
    page.get_by_label("What it is for").fill("my script")
    page.get_by_label("hand in work", exact=True).check()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_label("New token")).to_contain_text("cr_")
    assert no_sideways_scroll(page)
    page.get_by_role("button", name="Revoke my script").click()
    expect(page.get_by_role("status")).to_contain_text("revoked")

    elsewhere = other.pages[0]
    elsewhere.goto("/")
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
    other.close()


def _fill(data: Path) -> None:
    now = system_clock()
    database = Database.open(f"sqlite:///{data / 'chainrule.sqlite3'}", system_clock)
    try:
        database.migrate()
        stored = Passwords.recommended().hash(PASSWORD)
        with database.transaction() as tx:
            course = tx.courses.add("course", "Neural networks by hand", "America/Toronto")
            for name in ("first", "second", "third"):
                user = tx.accounts.add_user(f"{name}@example.org", f"{name.capitalize()} Person", stored, now)
                tx.courses.enroll(course.id, user.id, Role.STUDENT)
    finally:
        database.close()
