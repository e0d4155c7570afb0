"""Streams of events: what is sent, and that every one of them ends."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.errors import TooManyAttempts
from app.event_streams import PIECE_SECONDS, EventStreams, Look, Told, event, pieces


async def at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def looks(*told: Told) -> Look:
    """Gives one after the other, and the last again and again."""
    left = list(told)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


def sent(
    streams: EventStreams, look: Look, person: str = "ada", browser_stays: Callable[[], bool] = lambda: True
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

        response = streams.response(person, look)
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)
        return b"".join(parts).decode()

    return asyncio.run(asyncio.wait_for(ask(), 60))


def test_only_what_is_new_is_sent_and_the_last_word_ends_it() -> None:
    streams = EventStreams(sleep=at_once)
    one, two, end = Told("page", "<p>1\n2</p>", 1), Told("page", "again", 1), Told("done", "", None, last=True)
    text = sent(streams, looks(one, two, end))

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
        streams.response(person, look)
    for person in ("ada", "cy"):
        with pytest.raises(TooManyAttempts):
            streams.response(person, look)
    assert streams.open == 3


def test_when_the_server_stops_they_end_and_no_more_begin() -> None:
    streams = EventStreams()

    def look() -> Told:
        streams.close()
        return Told("page", "", 1, pause_seconds=0.01)

    assert "event: page" in sent(streams, look)
    with pytest.raises(TooManyAttempts):
        streams.response("ada", look)


def test_a_long_pause_is_left_when_the_server_stops() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        streams.close()

    streams = EventStreams(sleep=sleep)
    sent(streams, looks(Told("page", "", 1, pause_seconds=10.0)))

    assert slept == [PIECE_SECONDS]


def test_a_pause_is_as_long_as_its_pieces() -> None:
    assert list(pieces(5.0)) == [2.0, 2.0, 1.0]
    assert list(pieces(0.5)) == [0.5]
    assert list(pieces(0.0)) == []
