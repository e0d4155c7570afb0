"""Streams of events: what is sent, and that every one of them ends."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from app.errors import TooManyRequests
from app.serving.awaited_ending import AwaitedEnding
from app.serving.event_streams import PIECE_SECONDS, EventStreams, Look, Told, event, pieces
from submissions.endings import Endings


class Resting(AwaitedEnding):
    """Rests as it is told to."""

    def __init__(self, rest: Callable[[float], None] = lambda _: None) -> None:
        super().__init__(Endings(), "s")
        self._rests = rest

    async def rest(self, seconds: float) -> None:
        self._rests(seconds)
        await asyncio.sleep(0)


def unending() -> AwaitedEnding:
    return AwaitedEnding(Endings(), "s")


def looks(*told: Told) -> Look:
    """Gives one after the other, and the last again and again."""
    left = list(told)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def sent(
    streams: EventStreams,
    look: Look,
    person: str = "ada",
    browser_stays: Callable[[], bool] = lambda: True,
    awaited: Callable[[], AwaitedEnding] = unending,
) -> str:
    """What a browser gets until the stream ends or the browser leaves."""

    async def ask() -> str:
        parts: list[bytes] = []

        async def receive() -> Any:
            while browser_stays():
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            parts.append(message.get("body", b""))

        response = streams.response(person, look, awaited)
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
        return b"".join(parts).decode()

    return asyncio.run(asyncio.wait_for(ask(), 60))


def test_only_what_is_new_is_sent_and_the_last_word_ends_it() -> None:
    streams = EventStreams()
    one, two, end = Told("page", "<p>1\n2</p>", 1), Told("page", "again", 1), Told("done", "", None, last=True)
    text = sent(streams, looks(one, two, end), awaited=Resting)

    assert text == "retry: 1000\n\nevent: page\ndata: <p>1\ndata: 2</p>\n\n: nothing new\n\nevent: done\ndata: \n\n"
    assert streams.open == 0


def test_no_line_of_a_text_can_be_taken_for_a_field() -> None:
    assert event("page", "a\r\nevent: done\rid: 1\n\n") == (
        "event: page\ndata: a\ndata: event: done\ndata: id: 1\ndata: \ndata: \n\n"
    )


def test_an_event_says_where_to_go_on_from() -> None:
    assert event("progress", "{}", 17) == "event: progress\nid: 17\ndata: {}\n\n"


def test_it_ends_by_itself_when_its_time_is_over() -> None:
    streams = EventStreams(longest_seconds=0.05)
    text = sent(streams, looks(Told("page", "waiting", 1, pause_seconds=0.01)))

    assert text.startswith("retry: 1000\n\nevent: page\n")
    assert "done" not in text
    assert streams.open == 0
    over = EventStreams(longest_seconds=0.0)
    assert sent(over, looks(Told("page", "waiting", 1, pause_seconds=0.01))) == "retry: 1000\n\n"


def test_a_browser_that_leaves_makes_room() -> None:
    streams = EventStreams()
    stays: Iterator[bool] = iter([True, True, False])
    sent(streams, looks(Told("page", "", 1, pause_seconds=0.01)), browser_stays=lambda: next(stays, False))

    assert streams.open == 0


def test_a_look_that_fails_makes_room() -> None:
    def fails() -> Told:
        raise OSError("the disk is gone")

    streams = EventStreams()
    with pytest.raises(OSError, match="the disk is gone"):
        sent(streams, fails)
    assert streams.open == 0


def test_one_person_has_so_many_and_all_have_so_many() -> None:
    streams = EventStreams(for_one=2, in_all=3)
    look = looks(Told("page", "", 1))
    for person in ("ada", "ada", "bashir"):
        streams.response(person, look, unending)
    for person, said in (("ada", "You follow 2 submissions already"), ("cy", "Too many follow their submissions")):
        with pytest.raises(TooManyRequests, match=said):
            streams.response(person, look, unending)
    assert streams.open == 3


def test_when_the_server_stops_they_end_and_no_more_begin() -> None:
    streams = EventStreams()

    def look() -> Told:
        streams.close()
        return Told("page", "", 1, pause_seconds=0.01)

    assert "event: page" in sent(streams, look)
    with pytest.raises(TooManyRequests, match="being stopped"):
        streams.response("ada", look, unending)


def test_a_long_pause_is_left_when_the_server_stops() -> None:
    slept: list[float] = []

    def rest(seconds: float) -> None:
        slept.append(seconds)
        streams.close()

    streams = EventStreams()
    sent(streams, looks(Told("page", "", 1, pause_seconds=10.0)), awaited=lambda: Resting(rest))

    assert slept == [PIECE_SECONDS]


def test_a_pause_is_left_when_the_grading_ends() -> None:
    """Its commit comes from a worker's thread, while the stream rests or while it looks."""
    for during_the_look in (False, True):
        endings, looked = Endings(), 0

        def look(endings: Endings = endings, at_once: bool = during_the_look) -> Told:
            nonlocal looked
            looked += 1
            if looked == 1:
                worker = threading.Timer(0.0 if at_once else 0.05, endings.announce, (("s",),))
                worker.start()
                if at_once:
                    worker.join()
                return Told("page", "", 1, pause_seconds=3_600.0)
            return Told("done", "", None, last=True)

        text = sent(EventStreams(), look, awaited=partial(AwaitedEnding, endings, "s"))

        assert text.endswith("event: done\ndata: \n\n")
        assert looked == 2


def test_a_pause_is_as_long_as_its_pieces() -> None:
    assert list(pieces(5.0)) == [2.0, 2.0, 1.0]
    assert list(pieces(0.5)) == [0.5]
    assert list(pieces(0.0)) == []
