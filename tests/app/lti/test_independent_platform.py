"""The same protocol against a platform that others wrote: lti1p3platform."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.registration import Registration

from app.lti import keys, names
from app.lti.outbox import Outbox
from submissions.lti import Platform
from tests.app.conftest import ASSIGNMENT, FakeClock, Installation
from tests.app.lti.conftest import INSTRUCTOR, Browser
from tests.fakes.lti_platform import CLIENT_ID, CONTEXT, DEPLOYMENT, LtiPlatform

LAUNCH = "http://127.0.0.1:8000/lti/launch"


class Configuration(LTI1P3PlatformConfAbstract):  # type: ignore[misc]  # it has no types
    """The other implementation, with what it must know of us."""

    def init_platform_config(self, **kwargs: Any) -> None:
        self._registration = kwargs["registration"]

    def get_registration_by_params(self, **kwargs: Any) -> Registration:
        assert self._registration is not None
        return self._registration


class Message(LTIAdvantageMessageLaunchAbstract):  # type: ignore[misc]  # it has no types
    """A launch that gives back what a browser would send."""

    def render_launch_form(self, launch_data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return launch_data


class Request:
    """What a browser brings to the platform after our redirect."""

    def __init__(self, location: str) -> None:
        self.get_data = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.form_data: dict[str, str] = {}


class Independent(LtiPlatform):
    """The other implementation behind the same addresses: its keys, its launches, its tokens."""

    def configure(self) -> None:
        private = self.key.as_pem(private=True).decode()
        public = self.key.as_pem(private=False).decode()
        registration = (
            Registration()
            .set_iss(self.origin)
            .set_client_id(CLIENT_ID)
            .set_deployment_id(DEPLOYMENT)
            .set_launch_url(LAUNCH)
            .set_deeplink_launch_url(LAUNCH)
            .set_platform_private_key(private)
            .set_platform_public_key(public)
            .set_tool_key_set(self.tool_keys())
        )
        self.configuration = Configuration(registration=registration)
        self.answers["/jwks"] = lambda: (200, "application/json", _json(self.configuration.get_jwks()))

    def _token(self, form: dict[str, list[str]]) -> tuple[int, Any, dict[str, str]]:
        given = self.configuration.get_access_token({name: values[0] for name, values in form.items()})
        assert names.SCORE_SCOPE in given["scope"]
        return 200, {**given, "access_token": "token-1"}, {}

    def launched(self, location: str, role: str, deep_linking: bool = False) -> dict[str, Any]:
        """What the platform sends after our redirect."""
        message = Message(Request(location), self.configuration)
        message.set_user_data("learner-1", [role], full_name="Lina Learner", email_address="lina@x.example")
        message.set_launch_context_claim(CONTEXT, context_title="Networks")
        message.set_nrps(f"{self.origin}/members")
        message.set_ags(f"{self.origin}/lineitems", f"{self.origin}/lineitems/7/lineitem")
        if deep_linking:
            message.set_dl(f"{self.origin}/return", extra_data={"data": "kept"})
        else:
            message.set_resource_link_claim("activity-1", title="Homework")
        found: dict[str, Any] = message.lti_launch()
        return found


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


@pytest.fixture
def clock() -> FakeClock:
    """The other implementation looks at the real clock."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def platform(school: Installation) -> Iterator[LtiPlatform]:
    platform = Independent(lambda: keys.key_set(school.context))
    platform.configure()
    yield platform
    platform.close()


def test_launch_grade_and_score(
    connected: Browser, platform: Independent, registered: Platform, outbox: Outbox
) -> None:
    begun = connected.begin()
    sent = platform.launched(begun.headers["location"], "Learner")
    assert sent.pop("launch_url") == LAUNCH
    answer = connected.request("POST", "/lti/launch", data=sent)
    assert answer.headers["location"] == f"/courses/nn/assignments/{ASSIGNMENT}"
    school = connected.school
    with school.context.database.reading() as tx:
        learner = tx.accounts.by_id(tx.lti_links.person(registered.id, "learner-1") or "")
    assert learner is not None
    school.people["lina"] = learner
    school.hand_in("lina")
    school.grade()
    assert outbox.send_one()
    assert [score["scoreGiven"] for score in platform.scores] == [82.0]


def test_deep_linking(connected: Browser, platform: Independent) -> None:
    begun = connected.begin()
    sent = platform.launched(begun.headers["location"], INSTRUCTOR[0], deep_linking=True)
    answer = connected.request("POST", "/lti/launch", data=sent)
    where, page = answer.headers["location"], connected.follow(answer)
    page = connected.send(page, f"{where}/assignment", assignment=ASSIGNMENT)
    message = page.text.split('name="JWT" value="')[1].split('"')[0]
    (item,) = platform.configuration.validate_deeplinking_resp({"JWT": message})
    assert item["type"] == "ltiResourceLink" and item["url"] == LAUNCH
