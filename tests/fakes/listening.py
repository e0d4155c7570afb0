"""An application of this process that really listens, on a free port of loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

STARTED_SECONDS = 60.0
ROUND_SECONDS = 0.02


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Serve `app` in a thread; gives its address and ends it afterwards."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        for _ in range(int(STARTED_SECONDS / ROUND_SECONDS)):
            if server.started or not thread.is_alive():
                break
            threading.Event().wait(ROUND_SECONDS)
        assert server.started, "the application did not start"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
