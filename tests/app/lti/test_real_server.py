"""Over real sockets: the platform asks us for our keys while it answers our request for a token."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from app.lti.outbox import Outbox
from app.lti.service import Service
from app.main import create_app
from app.settings import Settings
from submissions.lti import OwedScore
from tests.app.conftest import FakeClock, Installation, cheap_passwords
from tests.app.lti.conftest import Browser
from tests.fakes.client import Client
from tests.fakes.listening import listening
from tests.fakes.lti_platform import LtiPlatform


@pytest.fixture
def served(school: Installation, settings: Settings, clock: FakeClock) -> Iterator[str]:
    """The address of a second process's worth of the same installation, which really listens."""
    with listening(create_app(settings, clock, passwords=cheap_passwords)) as address:
        yield address


@pytest.fixture
def platform(served: str) -> Iterator[LtiPlatform]:
    """A platform that fetches our keys where we serve them."""

    def fetched() -> dict[str, Any]:
        with urllib.request.urlopen(f"{served}/lti/jwks", timeout=10) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    platform = LtiPlatform(fetched)
    yield platform
    platform.close()


def test_neither_waits_for_the_other_for_ever(connected: Browser, client: Client) -> None:
    school = connected.school
    connected.launch()
    with school.context.database.transaction() as tx:
        link = tx.lti_links.links_of(school.asked.id)[0]
        user_id = tx.lti_links.person(connected.registered.id, "learner-1")
        assert user_id
        tx.lti_scores.want(link.id, user_id, 5.0, 10.0, None, school.clock())
    outbox = Outbox(school.context, Service(school.context), threading.Event())
    outbox.send_one()  # or the sender of the listening server was faster
    for _ in range(500):
        if connected.platform.scores:
            break
        threading.Event().wait(0.02)
    assert [score["scoreGiven"] for score in connected.platform.scores] == [5.0]
    assert connected.platform.asked.count("/token") == 1


def test_an_owed_score_says_whose_it_is(connected: Browser) -> None:
    school = connected.school
    connected.launch()
    with school.context.database.transaction() as tx:
        link = tx.lti_links.links_of(school.asked.id)[0]
        user_id = tx.lti_links.person(connected.registered.id, "learner-1") or ""
        tx.lti_scores.want(link.id, user_id, 5.0, 10.0, None, school.clock())
        claimed = tx.lti_scores.claim(school.clock(), school.clock() - school.clock())
    assert isinstance(claimed, OwedScore) and claimed.subject == "learner-1"
