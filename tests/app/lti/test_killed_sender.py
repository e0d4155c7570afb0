"""A sender that is killed in the middle of a score: the gradebook changes once, and in order, all the same."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from app.lti.outbox import LEASE, Outbox
from app.settings import Settings
from tests.app.lti.conftest import Browser
from tests.fakes.lti_platform import html_page

pytestmark = pytest.mark.both_databases

SCORES = "/lineitems/7/lineitem/scores"
RESULTS = "/lineitems/7/lineitem/results"
REACHED_SECONDS = 60.0  # only a sender that never comes needs so long


@contextmanager
def killed_sender(connected: Browser, reached: threading.Event) -> Iterator[None]:
    """A process that sends, killed as soon as it has come as far as that."""
    settings: Settings = connected.school.context.settings
    arguments = [str(settings.data_dir), settings.database_url or "", connected.school.clock().isoformat()]
    sender = subprocess.Popen([sys.executable, "-m", "tests.fakes.score_sender", *arguments])
    try:
        assert reached.wait(REACHED_SECONDS), sender.poll()
        yield
    finally:
        sender.send_signal(signal.SIGKILL)
        sender.wait()


@pytest.fixture
def told() -> Iterator[threading.Event]:
    """Set when the platform may answer what it was asked."""
    told = threading.Event()
    yield told
    told.set()


def killed_after_the_score_was_taken(connected: Browser, told: threading.Event) -> None:
    """The gradebook has it, and its sender never hears so."""
    taken = threading.Event()

    def accepted() -> None:
        taken.set()
        told.wait(REACHED_SECONDS)

    connected.platform.accepted = accepted
    with killed_sender(connected, taken):
        pass
    told.set()
    connected.school.clock.forward(LEASE.total_seconds() + 1)


def test_a_score_that_arrived_unheard_is_not_sent_again(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, told: threading.Event
) -> None:
    graded(82.0)
    killed_after_the_score_was_taken(connected, told)
    assert outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0]
    with connected.school.context.database.reading() as tx:
        (state,) = tx.lti_scores.states(connected.school.asked.id)
    assert state.sent
    graded(90.0)
    assert outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0, 90.0]


def test_a_change_after_the_kill_is_sent_whatever_arrived(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, told: threading.Event
) -> None:
    graded(82.0)
    killed_after_the_score_was_taken(connected, told)
    graded(90.0)
    assert outbox.send_one() and not outbox.send_one()
    stamps = [score["timestamp"] for score in connected.platform.scores]
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0, 90.0] and stamps == sorted(stamps)


def test_where_a_platform_shows_no_results_the_same_score_comes_again_later(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, told: threading.Event
) -> None:
    graded(82.0)
    connected.platform.answers[RESULTS] = html_page
    killed_after_the_score_was_taken(connected, told)
    assert outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0, 82.0]
    assert connected.platform.scores[0]["timestamp"] < connected.platform.scores[1]["timestamp"]


def test_a_score_that_never_arrived_is_sent_by_another(
    connected: Browser, graded: Callable[[float], None], outbox: Outbox, told: threading.Event
) -> None:
    graded(82.0)
    asked = threading.Event()

    def hangs() -> tuple[int, str, bytes]:
        asked.set()
        told.wait(REACHED_SECONDS)
        return 503, "text/plain", b""

    connected.platform.answers[SCORES] = hangs
    with killed_sender(connected, asked):
        pass
    told.set()
    del connected.platform.answers[SCORES]
    assert not outbox.send_one()  # it is the dead sender's, for a while
    connected.school.clock.forward(LEASE.total_seconds() + 1)
    assert outbox.send_one() and not outbox.send_one()
    assert [score["scoreGiven"] for score in connected.platform.scores] == [82.0]
