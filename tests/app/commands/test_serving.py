"""`chainrule serve` as its server is told to stop."""

import signal

import pytest
import uvicorn
from fastapi import FastAPI

from app.commands.serving import Server
from app.errors import TooManyAttempts
from app.event_streams import EventStreams, Told


def test_streams_end_before_the_server_waits_for_requests() -> None:
    app = FastAPI()
    streams = app.state.event_streams = EventStreams()
    server = Server(uvicorn.Config(app))
    server.handle_exit(signal.SIGTERM, None)

    assert server.should_exit
    with pytest.raises(TooManyAttempts):
        streams.response("ada", lambda: Told("page", "", 1))
