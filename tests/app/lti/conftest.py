"""A course that a platform on loopback is connected to, and a browser that is launched from there."""

import dataclasses
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from httpx import Response

from app.lti import keys, names
from app.lti.outbox import Outbox
from app.lti.service import Service
from app.main import REAL_WORKSHOP, create_app
from app.settings import Settings
from grader.report import Report
from grader.report_json import to_json
from submissions.lti import Platform
from submissions.models import Lane
from submissions.queue import Graded
from tests.app.conftest import FakeClock, Installation, cheap_passwords
from tests.fakes.client import Client
from tests.fakes.engines import engine_by
from tests.fakes.lti_platform import CLIENT_ID, CONTEXT, DEPLOYMENT, LtiPlatform

INSTRUCTOR = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"]
TEACHER: dict[str, Any] = {names.ROLES: INSTRUCTOR, "sub": "teacher-1", "name": "Tom Teacher", "email": "tom@x.example"}
ASSISTANT: dict[str, Any] = {
    names.ROLES: ["http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant"],
    "sub": "assistant-1",
    "name": "Tina Assistant",
    "email": "tina@x.example",
}


@dataclass
class Browser:
    """A browser in a frame of the platform. It keeps the cookies that frames may keep, as Chromium does."""

    school: Installation
    platform: LtiPlatform
    registered: Platform
    framed: bool = True
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, **more: Any) -> Response:
        """Ask with the cookies of this browser."""
        headers = {
            "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "sec-fetch-dest": "iframe" if self.framed else "document",
            **more.pop("headers", {}),
        }
        self.school.client.forget()
        answer = self.school.client.request(method, path, headers=headers, **more)
        for cookie in answer.headers.get_list("set-cookie"):
            kept = not self.framed or {"SameSite=None", "Secure", "Partitioned"} <= set(cookie.split("; "))
            name, value = cookie.partition(";")[0].split("=", 1)
            if kept:
                self.cookies[name] = value.strip('"')
        return answer

    def begin(self, **changed: str) -> Response:
        """The first half of a launch."""
        hints = {"iss": self.platform.origin, "login_hint": "7", "target_link_uri": "x", "client_id": CLIENT_ID}
        return self.request("POST", "/lti/login", data={**hints, "lti_message_hint": '{"a": 1}', **changed})

    def launch(
        self, changed: dict[str, Any] | None = None, sign: Callable[[dict[str, Any]], str] | None = None
    ) -> Response:
        """A whole launch, with claims changed."""
        begun = self.begin()
        assert begun.status_code == 302, begun.text
        sent = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
        claims = self.platform.claims(sent["nonce"], self.school.clock(), changed)
        message = sign(claims) if sign else self.platform.signed(claims)
        return self.request("POST", "/lti/launch", data={"state": sent["state"], "id_token": message})

    def follow(self, answer: Response) -> Response:
        """The page that an answer leads to."""
        assert answer.status_code == 303, answer.text
        return self.request("GET", answer.headers["location"])

    def send(self, page: Response, path: str, **fields: str) -> Response:
        """Send a form of the page."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        return self.request("POST", path, data={"csrf_token": token[1] if token else "", **fields})


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The platform is on loopback."""
    return settings.model_copy(update={"private_platforms": True})


@pytest.fixture
def platform(school: Installation) -> Iterator[LtiPlatform]:
    """The platform, with nobody connected."""
    platform = LtiPlatform(lambda: keys.key_set(school.context))
    yield platform
    platform.close()


@pytest.fixture
def registered(school: Installation, platform: LtiPlatform) -> Platform:
    """The platform, registered here."""
    origin = platform.origin
    with school.context.database.transaction() as tx:
        return tx.lti_platforms.add(
            "Moodle",
            origin,
            CLIENT_ID,
            f"{origin}/auth?x=1",
            f"{origin}/token",
            f"{origin}/jwks",
            (DEPLOYMENT,),
            school.clock(),
        )


@pytest.fixture
def browser(school: Installation, platform: LtiPlatform, registered: Platform) -> Browser:
    """A browser in a frame of the registered platform."""
    return Browser(school, platform, registered)


@pytest.fixture
def connected(browser: Browser) -> Browser:
    """The same; the platform's course is the course nn, and its activity opens the assignment."""
    school = browser.school
    with school.context.database.transaction() as tx:
        course = tx.courses.by_slug("nn")
        assert course is not None
        tx.lti_links.connect(browser.registered.id, CONTEXT, course.id, f"{browser.platform.origin}/members")
        tx.lti_links.put_link(
            browser.registered.id,
            CONTEXT,
            "activity-1",
            school.asked.id,
            browser.platform.claims("", school.clock())[names.ENDPOINT]["lineitem"],
        )
    return browser


@pytest.fixture
def client(settings: Settings, clock: FakeClock, start: Callable[[FastAPI], Client]) -> Client:
    """An application that sends no score by itself: tests send one after the other."""
    workshop = dataclasses.replace(REAL_WORKSHOP, send=lambda context, stop: None)
    return start(create_app(settings, clock, workshop, passwords=cheap_passwords))


@pytest.fixture
def outbox(school: Installation) -> Outbox:
    """A sender."""
    return Outbox(school.context, Service(school.context), threading.Event())


@pytest.fixture
def graded(connected: Browser, make_report: Callable[[float], Report]) -> Callable[[float], None]:
    """Hands in for the learner of the platform and grades it with so many points of 100."""
    school = connected.school
    connected.launch()
    with school.context.database.reading() as tx:
        user_id = tx.lti_links.person(connected.registered.id, "learner-1")
        learner = tx.accounts.by_id(user_id or "")
    assert learner is not None
    school.people["lina"] = learner

    def grade(points: float) -> None:
        school.hand_in("lina", f"x = {points}\n")
        engine = engine_by(school.clock, school.context.database)
        assert engine.run_once(lambda job: Graded(to_json(make_report(points)), "s", "v"), "test", tuple(Lane))

    return grade
