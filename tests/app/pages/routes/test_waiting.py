"""A waiting submission: the wait to expect, and the stream of what changes."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.pages.submission import waiting
from app.sandbox_health import SandboxHealth, SandboxState
from app.serving.awaited_ending import AwaitedEnding
from app.serving.event_streams import EventStreams
from grader.report_json import to_json
from submissions.models import Lane
from submissions.queue import Graded
from tests.fakes.engines import engine_by


def grade(site: Any, now: list[datetime], report: Any, seconds: float) -> None:
    """Grade the next one in the queue, in so much time."""

    def handler(_job: Any) -> Graded:
        now[0] += timedelta(seconds=seconds)
        return Graded(to_json(report), "public:1", report.version)

    assert engine_by(site.context.clock, site.context.database).run_once(handler, "worker", (Lane.LIVE,))


def graded_in(site: Any, now: list[datetime], report: Any, seconds: float) -> None:
    """Hand in, and have it graded."""
    site.handed_in()
    grade(site, now, report, seconds)


def short_streams(site: Any, seconds: float = 0.2) -> EventStreams:
    """Streams that end soon; a client of tests reads an answer to its end."""
    streams = EventStreams(longest_seconds=seconds)
    object.__setattr__(site.context, "event_streams", streams)
    return streams


def test_the_wait_comes_from_what_gradings_of_the_assignment_took(
    make_site: Any, now: list[datetime], reports: Any
) -> None:
    site = make_site(None)
    site.login("student")
    for seconds in (3.0, 5.0):
        graded_in(site, now, reports["sample"], seconds)
    assert "expected within" not in site.client.get(site.handed_in()).text  # two are too few to tell
    grade(site, now, reports["sample"], 40.0)
    first, second = site.handed_in(), site.handed_in()
    assert "expected within 5.0 s" in site.client.get(first).text
    assert "expected within 10 s" in site.client.get(second).text


@pytest.mark.parametrize(
    ("typical", "position", "slots", "waited", "expected"),
    [
        (0.16, 1, 1, 0.0, 1.0),  # no wait is promised to be shorter than a second
        (0.16, 1, 1, 6.3, None),  # it has been longer already
        (0.16, 3, 1, 6.3, None),
        (8.0, 1, 1, 3.0, 8.0),
        (8.0, 2, 2, 9.0, None),  # nobody is ahead but what is being graded, and that takes longer
        (8.0, 9, 2, 60.0, 40.0),  # far back in a rush: many were graded meanwhile
        (None, 1, 1, 0.0, None),
        (8.0, None, 1, 0.0, None),
    ],
)
def test_no_wait_is_promised_that_has_been_longer_already(
    typical: float | None, position: int | None, slots: int, waited: float, expected: float | None
) -> None:
    assert waiting.wait_to_expect(typical, position, slots, waited) == expected


def test_a_running_one_says_how_long_it_usually_takes(make_site: Any, now: list[datetime], reports: Any) -> None:
    site = make_site(None)
    site.login("student")
    for seconds in (3.0, 5.0, 40.0):
        graded_in(site, now, reports["sample"], seconds)
    address = site.handed_in()
    seen: list[str] = []

    def handler(_job: Any) -> Graded:
        now[0] += timedelta(seconds=2)
        seen.append(site.client.get(address).text)
        return Graded(to_json(reports["sample"]), "public:1", "v")

    assert engine_by(site.context.clock, site.context.database).run_once(handler, "worker", (Lane.LIVE,))
    assert "<b>Being graded</b> for 2.0 s" in seen[0]
    assert "(usually 5.0 s)" in seen[0]
    assert "None of seven parts is in." in seen[0]


def test_the_stream_sends_the_page_and_holds_nothing_while_it_waits(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    streams = short_streams(site)
    pool = site.context.database._reading.pool
    answer = site.client.get(address + "/events")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-accel-buffering"] == "no"
    assert "event: page\ndata: " in answer.text
    assert "Your place in the queue" in answer.text
    assert "event: done" not in answer.text
    assert pool.checkedout() == 0
    assert streams.open == 0


def test_the_stream_of_a_graded_one_ends_at_once(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    assert site.client.get(address + "/events").text == "retry: 1000\n\nevent: done\ndata: \n\n"


def test_nobody_else_gets_a_stream(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    short_streams(site)
    for who in ("peer", "stranger"):
        site.login(who)
        assert site.client.get(address + "/events").status_code == 404
    site.client.forget()
    assert site.client.get(address + "/events").status_code == 303
    site.login("teacher")
    assert site.client.get(address + "/events").status_code == 200


def test_too_many_streams_of_one_person_are_refused(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    object.__setattr__(site.context, "event_streams", EventStreams(for_one=0))
    assert site.client.get(address + "/events").status_code == 429


def test_a_stream_says_at_once_that_the_grading_has_ended(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks for an hour, but who commits the end of a grading says so."""
    monkeypatch.setattr(waiting, "LOOK_SECONDS", 3_600.0)
    site.login("student")
    address = site.handed_in()
    (cancel,) = (threading.Timer(0.3, cancelled, (site, address)),)
    cancel.start()
    answer = site.client.get(address + "/events")
    cancel.join()

    assert answer.text.endswith("event: done\ndata: \n\n")


def cancelled(site: Any, address: str) -> None:
    """End the grading of a submission, as a worker or a person would."""
    with site.context.database.transaction() as tx:
        assert tx.cancel(tx.gradings.current(address.rpartition("/")[2]).id, site.now)


def test_a_stream_ends_when_its_session_does(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site.login("student")
    address = site.handed_in()

    async def signed_out(_ending: AwaitedEnding, _seconds: float) -> None:
        with site.context.database.transaction() as tx:
            user = tx.accounts.by_email("student@example.org")
            for session in tx.accounts.sessions(user.id, site.now):
                tx.accounts.end_session(session.key)

    monkeypatch.setattr(AwaitedEnding, "rest", signed_out)
    assert site.client.get(address + "/events").text.endswith("event: done\ndata: \n\n")


def test_a_pause_on_our_side_looks_like_one_and_promises_no_time(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    assert "A fault of this service" not in site.client.get(address).text
    object.__setattr__(site.context, "sandbox_health", lambda: SandboxHealth(SandboxState.REFUSED))
    page = site.client.get(address).text
    assert "A fault of this service" in page
    assert "no attempt is lost" in page
    assert "expected within" not in page
