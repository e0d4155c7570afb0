"""HEAD is answered as GET is, without the body."""

import asyncio
import socket
import threading
import time
from http.client import HTTPConnection
from typing import Any

import pytest
import uvicorn

from tests.app.all_routes import routes

PATHS = ["/healthz", "/readyz", "/login", "/help", "/static/icon.svg", "/", "/nothing", "/api/v1/courses", "/logout"]


@pytest.mark.parametrize("path", PATHS)
def test_status_and_headers_are_those_of_get(school: Any, path: str) -> None:
    got = school.client.get(path, headers={"X-Request-Id": "one"})
    asked = school.client.request("HEAD", path, headers={"X-Request-Id": "one"})

    assert (asked.status_code, asked.content) == (got.status_code, b"")
    kept = {"content-type", "content-length", "allow", "location", "content-security-policy"}
    # The token of a sign-in form differs from page to page, the length of a page does not.
    assert {name: asked.headers.get(name) for name in kept} == {name: got.headers.get(name) for name in kept}


def test_every_address_that_can_be_got_takes_it(school: Any) -> None:
    plain = [path for method, path in routes(school.client.app) if method == "GET" and "{" not in path]

    assert len(plain) > 10
    assert [path for path in plain if school.client.request("HEAD", path).status_code == 405] == []


def test_a_stream_ends_at_its_headers(school: Any) -> None:
    submission = school.hand_in("ada")
    school.sign_in("ada")
    answer = school.client.request("HEAD", f"/submissions/{submission}/events")

    assert answer.headers["content-type"].startswith("text/event-stream") and answer.content == b""


def test_it_is_counted_as_what_it_is(school: Any) -> None:
    school.client.request("HEAD", "/healthz")
    counted = school.context.metrics.exposition().decode()
    of_health = [line for line in counted.splitlines() if 'route="/healthz"' in line and "method=" in line]

    assert of_health and all('method="HEAD"' in line for line in of_health)


def test_a_server_sends_it(school: Any) -> None:
    """On a connection that stays open: a body too much or a length too short would spoil the next answer."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(school.client.app, lifespan="off", log_level="error")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            connection = HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=20)
            for method in ("HEAD", "GET", "HEAD"):
                connection.request(method, "/help")
                answer = connection.getresponse()
                body = answer.read()
                assert answer.status == 200 and int(answer.headers["Content-Length"]) > 100
                assert bool(body) == (method == "GET")
            connection.close()
        finally:
            server.should_exit = True
            thread.join()
