"""`chainrule serve`: its socket, and its server as it is told to stop."""

import asyncio
import signal
import socket

import pytest
import uvicorn
from fastapi import FastAPI

from app.commands.serving import Server, listening
from app.errors import TooManyAttempts
from app.event_streams import EventStreams, Told
from app.settings import Settings


def test_streams_end_before_the_server_waits_for_requests() -> None:
    app = FastAPI()
    streams = app.state.event_streams = EventStreams()
    server = Server(uvicorn.Config(app))
    server.handle_exit(signal.SIGTERM, None)

    assert server.should_exit
    with pytest.raises(TooManyAttempts):
        streams.response("ada", lambda: Told("page", "", 1))


def test_an_answer_is_sent_at_once() -> None:
    """With Nagle's algorithm the body of an answer waits for the other side's delayed ACK: 40 ms for each request."""

    async def no_delay() -> int:
        set_there = asyncio.get_running_loop().create_future()

        async def accepted(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            connection = writer.get_extra_info("socket")
            set_there.set_result(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listening(Settings(port=0)) as listener:
            server = await asyncio.start_server(accepted, sock=listener)
            async with server:
                _, writer = await asyncio.open_connection(*listener.getsockname())
                writer.close()
                return int(await set_there)

    assert asyncio.run(no_delay()) != 0
