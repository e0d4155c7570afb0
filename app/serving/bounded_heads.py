"""Requests as they come off the wire, read by httptools, which by itself keeps a head however long it gets."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Of a request's line and headers, and of what a body has beside itself: cookies and tokens take a tenth."""

FRAMING_PER_BYTE = 8
"""A body in chunks of one byte has five of framing for each: so much is a slow client's right."""

TOO_LONG = "The head of the request is too long."


class BoundedHeads(HttpToolsProtocol):
    """Ends a connection whose request has more around its body than MOST_HEAD_BYTES, and leaves out trailers.

    What has come is counted from the second read of a request on: the first may hold the end of the one before it, and
    is bounded by the size of a read.
    """

    _begins = False
    _in_head = False
    _read = 0
    _body = 0

    def data_received(self, data: bytes) -> None:
        """See asyncio.Protocol."""
        self._begins = False
        super().data_received(data)
        if self._begins or self.transport.is_closing():
            return
        self._read += len(data)
        if self._read - FRAMING_PER_BYTE * self._body > MOST_HEAD_BYTES:
            self._refuse()

    def on_message_begin(self) -> None:
        """See httptools."""
        self._begins, self._in_head, self._read, self._body = True, True, 0, 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """See httptools. A trailer is no header: it comes after who asks for what has been looked at."""
        if self._in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """See httptools."""
        self._in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """See httptools."""
        self._body += len(body)
        super().on_body(body)

    def _refuse(self) -> None:
        if self._in_head:
            self.send_400_response(TOO_LONG)
        else:
            self.transport.close()  # an answer may be under way
