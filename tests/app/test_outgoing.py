"""Requests to addresses that others gave us are bounded, and never go into our own network."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from app.errors import Unreachable
from app.outgoing import Outgoing, is_public
from tests.fakes.lti_platform import LtiPlatform


@pytest.fixture
def server() -> Iterator[LtiPlatform]:
    platform = LtiPlatform(lambda: {"keys": []})
    yield platform
    platform.close()


@pytest.fixture
def outgoing() -> Iterator[Outgoing]:
    outgoing = Outgoing(private=True, answer_bytes=1000, seconds=1.0)
    yield outgoing
    outgoing.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.org/", "is not an https address"),
        ("ftp://example.org/", "is not an https address"),
        ("file:///etc/passwd", "is not an https address"),
        ("", "is not an https address"),
        ("https://127.0.0.1/", "in a private network"),
        ("https://localhost/", "in a private network"),
        ("https://10.0.0.7:8443/x", "in a private network"),
        ("https://169.254.169.254/latest/meta-data", "in a private network"),
        ("https://[::1]/", "in a private network"),
        ("https://[::ffff:127.0.0.1]/", "in a private network"),
        ("https://2130706433/", "in a private network"),  # 127.0.0.1 as one number
        ("https://name.invalid/", "the name is not known"),
        ("https://", "cannot be reached"),
        ("https://user:pass@127.0.0.1/", "in a private network"),
    ],
)
def test_an_address_that_is_not_out_there_is_refused(url: str, said: str) -> None:
    outgoing = Outgoing(private=False)
    with pytest.raises(Unreachable, match=said):
        outgoing.get(url)
    outgoing.close()


@pytest.mark.parametrize(
    "address",
    [
        "224.0.0.1",  # many hosts at once
        "ff02::1",
        "::10.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::169.254.169.254",  # NAT64
        "64:ff9b:1::1",
        "2002:7f00:1::",  # 127.0.0.1 by 6to4
        "fec0::1",
        "fe80::1%eth0",
    ],
)
def test_an_address_that_hides_another_is_not_public(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public_in_every_way_to_write_them() -> None:
    assert all(map(is_public, ("9.9.9.9", "2620:fe::fe", "64:ff9b::9.9.9.9", "2002:909:909::1")))


def test_an_answer_is_read_whole(server: LtiPlatform, outgoing: Outgoing) -> None:
    answer = outgoing.get(f"{server.origin}/jwks")
    assert answer.succeeded and answer.media_type == "application/json" and "keys" in answer.json()
    assert outgoing.get(f"{server.origin}/nowhere").status == 401


def test_a_redirect_is_not_followed(server: LtiPlatform, outgoing: Outgoing) -> None:
    server.answers["/x"] = lambda: (302, "text/plain", b"")
    assert outgoing.get(f"{server.origin}/x").status == 302


def test_more_than_was_allowed_is_not_read(server: LtiPlatform, outgoing: Outgoing) -> None:
    server.answers["/x"] = lambda: (200, "text/plain", b"x" * 1001)
    with pytest.raises(Unreachable, match="more than 1000 bytes"):
        outgoing.get(f"{server.origin}/x")


def test_a_packed_answer_is_not_unpacked(server: LtiPlatform, outgoing: Outgoing) -> None:
    server.redirects["/x"] = (200, {"Content-Encoding": "gzip"})
    with pytest.raises(Unreachable, match="a packed answer"):
        outgoing.get(f"{server.origin}/x")


def test_a_list_in_a_list_without_end_is_no_json(server: LtiPlatform) -> None:
    server.answers["/x"] = lambda: (200, "application/json", b"[" * 100_000)
    outgoing = Outgoing(private=True)
    with pytest.raises(Unreachable, match="is not JSON"):
        outgoing.get(f"{server.origin}/x").json()
    outgoing.close()


def test_what_is_no_json_is_said_with_its_beginning(server: LtiPlatform, outgoing: Outgoing) -> None:
    server.answers["/x"] = lambda: (200, "text/html", b"<html>\n Sign   in")
    with pytest.raises(Unreachable, match="is not JSON: '<html> Sign in'"):
        outgoing.get(f"{server.origin}/x").json()


@pytest.mark.parametrize(
    "begins", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-Head-Without-End: "]
)
def test_a_server_that_drips_or_says_nothing_is_left(outgoing: Outgoing, begins: bytes) -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(begins)
                while begins and not stop.wait(0.2):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return
                stop.wait(10.0)

        thread = threading.Thread(target=drip)
        thread.start()
        begun = time.monotonic()
        with pytest.raises(Unreachable, match="took longer than 1 seconds"):
            outgoing.get(f"http://127.0.0.1:{listening.getsockname()[1]}/")
        assert time.monotonic() - begun < 5.0
        stop.set()
        thread.join()
