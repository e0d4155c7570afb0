"""`chainrule serve`: its socket."""

import asyncio
import socket

from app.commands.serving import listening
from app.settings import Settings


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
