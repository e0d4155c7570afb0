"""What signals do to a server, without a socket."""

import signal
import threading

import pytest
import uvicorn

from app.errors import TooManyRequests
from app.serving.awaited_ending import AwaitedEnding
from app.serving.draining_server import DrainingServer
from app.serving.event_streams import EventStreams, Told
from submissions.endings import Endings


def told(drain_seconds: float, *signals: int) -> tuple[DrainingServer, threading.Event]:
    draining = threading.Event()
    server = DrainingServer(uvicorn.Config(lambda: None), draining, drain_seconds, before=lambda: None)
    for number in signals:
        server.handle_exit(number, None)
    return server, draining


def test_streams_end_before_the_server_waits_for_requests() -> None:
    streams = EventStreams()
    server = DrainingServer(uvicorn.Config(lambda: None), threading.Event(), 0, before=streams.close)
    server.handle_exit(signal.SIGTERM, None)

    assert server.should_exit
    with pytest.raises(TooManyRequests):
        streams.response("ada", lambda: Told("page", "", 1), lambda: AwaitedEnding(Endings(), "s"))


def test_it_drains_first() -> None:
    server, draining = told(300, signal.SIGTERM)

    assert draining.is_set()
    assert not server.should_exit


def test_it_ends_when_it_has_drained(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(uvicorn.Server, "handle_exit", lambda *_: ended.set())
    told(0.01, signal.SIGTERM)

    assert ended.wait(60)


@pytest.mark.parametrize(
    ("drain_seconds", "signals"),
    [(0, (signal.SIGTERM,)), (300, (signal.SIGINT,)), (300, (signal.SIGTERM, signal.SIGTERM))],
)
def test_nobody_waits_who_does_not_want_to(drain_seconds: float, signals: tuple[int, ...]) -> None:
    server, draining = told(drain_seconds, *signals)

    assert draining.is_set()
    assert server.should_exit
