"""Requests that we send to addresses other people gave us: bounded in time and size, and never into our own network."""

import ipaddress
import math
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpcore
import httpx

from app.errors import Unreachable
from grader.translation import gettext as _

ANSWER_BYTES = 1 << 20
"""The largest answer that is read; a roster page or a key set is a few kilobytes."""

ANSWER_SECONDS = 15.0
"""For a whole answer, however slowly it drips."""


_FAULTS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpcore.ConnectionNotAvailable,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    OSError,
    ValueError,  # of a name that idna cannot write, or an address that is none
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read whole. links: the addresses of the Link header by rel."""

    status: int
    media_type: str
    body: bytes
    links: Mapping[str, str]
    retry_after: str

    @property
    def succeeded(self) -> bool:
        """Whether the status is one of the 200s."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON. Raises Unreachable where it is something else, such as an LMS's page about an error."""
        try:
            return httpx.Response(self.status, content=self.body).json()
        except (ValueError, RecursionError) as error:  # the second of a list in a list in a list
            kind = self.media_type or "no type"
            raise Unreachable(
                _(
                    "The answer ({status}, {kind}) is not JSON: {answer!r}",
                    status=self.status,
                    kind=kind,
                    answer=self.text(),
                )
            ) from error

    def text(self, characters: int = 200) -> str:
        """The beginning of the body, for a person."""
        return " ".join(self.body[: 4 * characters].decode("utf-8", "replace").split())[:characters]


class Outgoing:
    """A client for addresses given by others. Redirects are not followed: they would be such addresses too.

    private: whether an address may be in a private network or on this machine, for a campus LMS or a test.
    """

    def __init__(self, private: bool, answer_bytes: int = ANSWER_BYTES, seconds: float = ANSWER_SECONDS) -> None:
        self._private = private
        self._bytes = answer_bytes
        self._seconds = seconds
        self._ends = _Ends()
        self._client = httpx.Client(
            transport=_Guarded(private, self._ends), timeout=seconds, follow_redirects=False, trust_env=False
        )

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """GET. Raises Unreachable."""
        return self._send("GET", url, headers or {}, None)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST. Raises Unreachable."""
        return self._send("POST", url, headers, body)

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        if not url.startswith("https://") and not (self._private and url.startswith("http://")):
            raise Unreachable(_("{address} is not an https address.", address=url))
        # Packed answers are not asked for: a few of their kilobytes may be gigabytes.
        headers = {"Accept-Encoding": "identity", **headers}
        self._ends.at = ends = time.monotonic() + self._seconds
        try:
            with self._client.stream(method, url, headers=headers, content=body) as response:
                read = b"".join(self._pieces(response, ends))
        except _FAULTS as error:
            if time.monotonic() > ends:
                raise self._too_slow(httpx.URL(url).host) from error
            raise Unreachable(
                _("{address} cannot be reached: {error}", address=url[:100], error=error or type(error).__name__)
            ) from error
        links = {rel: link["url"] for rel, link in response.links.items() if rel and "url" in link}
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, media_type, read, links, response.headers.get("retry-after", ""))

    def _pieces(self, response: httpx.Response, ends: float) -> Iterable[bytes]:
        packed = response.headers.get("content-encoding", "identity")
        if packed.strip().lower() not in ("", "identity"):
            raise Unreachable(_("{host} sent a packed answer, which was not asked for.", host=response.url.host))
        total = 0
        for piece in response.iter_raw():
            total += len(piece)
            if total > self._bytes:
                raise Unreachable(_("{host} sent more than {most} bytes.", host=response.url.host, most=self._bytes))
            if time.monotonic() > ends:
                raise self._too_slow(response.url.host)
            yield piece

    def _too_slow(self, host: str) -> Unreachable:
        return Unreachable(_("{host} took longer than {seconds:g} seconds.", host=host, seconds=self._seconds))


class _Ends(threading.local):
    """When the request of this thread must be answered; connections are kept and serve several."""

    at: float = math.inf

    def left(self, timeout: float | None) -> float:
        """The shorter of `timeout` and what is left, and never nothing: a socket reads 0 as: do not wait."""
        return max(min(math.inf if timeout is None else timeout, self.at - time.monotonic()), 0.001)


_IPV4_AT_THE_END = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""IPv6 networks whose addresses stand for an IPv4 address: two old ones, and NAT64 (RFC 4291, 2765, 6052)."""

_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")  # RFC 8215


def is_public(address: str) -> bool:
    """Whether an IP address is one host of the internet, also behind the ways IPv6 has to write an IPv4 address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.is_site_local or found in _LOCAL_NAT64:
            return False
        hidden = found.sixtofour
        if any(found in network for network in _IPV4_AT_THE_END):
            hidden = ipaddress.IPv4Address(found.packed[-4:])
        if hidden is not None and not is_public(str(hidden)):
            return False
    return found.is_global and not found.is_multicast


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that everybody trusts. Read once in a process: there are many, and all clients may share them."""
    return httpx.create_ssl_context(trust_env=False)


class _Guarded(httpx.BaseTransport):
    """httpx over connections that are made to checked addresses only."""

    def __init__(self, private: bool, ends: _Ends) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_trusted(), network_backend=_CheckedAddresses(private, ends))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Stream(answer))

    def close(self) -> None:
        """See httpx."""
        self._pool.close()


class _Stream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Any:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _CheckedAddresses(httpcore.NetworkBackend):
    """Looks a name up once and connects to the very address that was checked: no second look-up can give another."""

    def __init__(self, private: bool, ends: _Ends) -> None:
        self._private = private
        self._ends = ends
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # httpcore's name; nothing here is asynchronous
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise httpcore.ConnectError(_("the name is not known ({error})", error=error)) from error
        addresses = [str(entry[4][0]) for entry in found]
        inside = [address for address in addresses if not is_public(address)]
        if inside and not self._private:
            raise httpcore.ConnectError(
                _("{host} is {address}, an address in a private network", host=host, address=inside[0])
            )
        timeout = self._ends.left(timeout)
        return _Timed(self._plain.connect_tcp(addresses[0], port, timeout, local_address, socket_options), self._ends)


class _Timed(httpcore.NetworkStream):
    """A connection on which no step takes longer than is left for the whole answer, its head included."""

    def __init__(self, stream: httpcore.NetworkStream, ends: _Ends) -> None:
        self._stream = stream
        self._ends = ends

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """See httpcore."""
        return self._stream.read(max_bytes, self._ends.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """See httpcore."""
        self._stream.write(buffer, self._ends.left(timeout))

    def close(self) -> None:
        """See httpcore."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """See httpcore."""
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._ends.left(timeout)), self._ends)

    def get_extra_info(self, info: str) -> Any:
        """See httpcore."""
        return self._stream.get_extra_info(info)
