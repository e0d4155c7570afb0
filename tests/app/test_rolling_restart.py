"""A real server that is told to end while it grades and receives: nothing is lost, nothing new is begun."""

import contextlib
import signal
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx

from tests.app.test_killed_server import PATH, SLOW, comes_to, headers, service, within
from tests.service.processes import Service

__all__ = ["headers", "service"]  # fixtures

BOUNDARY = "b"
HEAD = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a1.py"\r\n\r\n'
END_OF_TEST_SECONDS = 240.0


def gradings(folder: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder / "chainrule.sqlite3")) as database:
        return list(database.execute("SELECT state, attempts FROM gradings ORDER BY created_at"))


class HalfUpload:
    """An upload of which only the first half was sent."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        host, port = address.removeprefix("http://").split(":")
        body = f"{HEAD}x = 1\n\r\n--{BOUNDARY}--\r\n".encode()
        self._rest = body[len(HEAD) :]
        self._socket = socket.create_connection((host, int(port)), timeout=END_OF_TEST_SECONDS)
        lines = [
            f"POST {PATH} HTTP/1.1",
            f"Host: {host}:{port}",
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self._socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body[: len(HEAD)])

    def finish(self) -> bytes:
        """Send the rest; the head of the answer."""
        with self._socket:
            self._socket.sendall(self._rest)
            return self._socket.recv(65536)


def test_nothing_is_lost_when_a_server_is_replaced(service: Service, headers: dict[str, str], tmp_path: Path) -> None:
    first = service.serve(CHAINRULE_DRAIN_SECONDS="5")
    file = {"file": ("a1.py", SLOW.encode())}
    running = httpx.post(first.address + PATH, files=file, headers=headers, timeout=60).json()["id"]
    comes_to(service, running, headers, "running")
    early, late = HalfUpload(first.address, headers), HalfUpload(first.address, headers)
    time.sleep(0.5)  # both have reached the server
    first.send(signal.SIGTERM)

    def asked(path: str) -> httpx.Response:
        # A connection of its own each time, without the work of trusting anybody: there is no TLS on loopback.
        return httpx.get(first.address + path, timeout=60, verify=False)

    def drains() -> bool:
        answer = asked("/readyz")
        return answer.status_code == 503 and bool(answer.json()["draining"])

    assert within(drains)
    assert early.finish().startswith(b"HTTP/1.1 202 ")  # accepted while it drains

    def deaf() -> bool:
        with contextlib.suppress(httpx.HTTPError):
            asked("/healthz")
            return False
        return True

    assert within(deaf)
    assert late.finish().startswith(b"HTTP/1.1 202 ")  # and once it has stopped listening
    first.process.wait(END_OF_TEST_SECONDS)
    left = gradings(tmp_path)
    log = service.log.read_text()

    assert left[0] in (("done", 1), ("queued", 0))  # finished, or handed back without an attempt
    assert left[1:] == [("queued", 0)] * 2  # nothing new was begun
    assert "Traceback" not in log
    service.serve()
    assert comes_to(service, running, headers, "done", "failed")["state"] == "done"
    assert within(lambda: [state for state, _ in gradings(tmp_path)] == ["done"] * 3)
    assert [attempts for _, attempts in gradings(tmp_path)] == [1, 1, 1]
