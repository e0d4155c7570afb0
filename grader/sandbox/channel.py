"""Moves frames and prints over non-blocking pipes, against the clock and against byte caps.

Every wait is one select over all pipes with the time that is left, so a process that does not read, drips, floods or
closes its pipe cannot make the supervisor wait for it.
"""

import os
import selectors
from collections import deque
from collections.abc import Callable
from enum import Enum

from grader.sandbox.inside.frames import (
    PREFIX_BYTES,
    Frame,
    Header,
    WireError,
    header_length,
    read_body,
    read_header,
)
from grader.sandbox.inside.wire import Value
from grader.sandbox.process import Process

CHUNK_BYTES = 1 << 16
MAX_WAIT_SECONDS = 1.0  # select returns at least this often to look at the clock


class Halt(Enum):
    """Why no answer came; the process is still to be killed or reaped."""

    TIME = "time"
    OUTPUT = "output"
    CLOSED = "closed"


class Incoming:
    """One frame as it arrives. Its header is judged as soon as it is complete, before a byte of arrays is read."""

    def __init__(self, reply_bytes: int) -> None:
        self._reply_bytes = reply_bytes
        self._data = bytearray()
        self._length: int | None = None
        self._header: Header | None = None

    @property
    def missing(self) -> int:
        """Bytes to the end of what is known to come; 0 when the frame is complete."""
        return self._needed() - len(self._data)

    def feed(self, data: bytes) -> None:
        """Take bytes; at most `missing` and one may be given. Raises WireError at the first that cannot be right."""
        self._data += data
        if self._length is None and not self._lacks():
            self._length = header_length(bytes(self._data[:PREFIX_BYTES]))
        if self._length is not None and self._header is None and not self._lacks():
            self._header = read_header(bytes(self._data[PREFIX_BYTES : self._needed()]), self._reply_bytes)
        if self.missing < 0:
            raise WireError("bytes after the answer")

    def result(self) -> tuple[str, Value]:
        """Kind and value of the complete frame."""
        if self._header is None or self._length is None:
            raise WireError("no header")
        with memoryview(self._data) as data:
            return self._header.kind, read_body(self._header, data[PREFIX_BYTES + self._length :])

    def _needed(self) -> int:
        if self._length is None:
            return PREFIX_BYTES
        return PREFIX_BYTES + self._length + (self._header.body_bytes if self._header else 0)

    def _lacks(self) -> bool:
        return len(self._data) < self._needed()


class Channel:
    """The pipes of one process. `printed` keeps the first `output_bytes` of what it prints."""

    def __init__(self, process: Process, output_bytes: int, clock: Callable[[], float]) -> None:
        self._process = process
        self._output_bytes = output_bytes
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._selector.register(process.frames, selectors.EVENT_READ)
        self._selector.register(process.prints, selectors.EVENT_READ)
        self._prints_open = True
        self._overflow = False
        self.printed = bytearray()

    def close(self) -> None:
        """Let go of the pipes; the process owns their descriptors."""
        self._selector.close()

    def exchange(self, frame: Frame | None, reply_bytes: int, deadline: float) -> tuple[str, Value] | Halt:
        """Send a frame (None: only listen) and wait for one. Raises WireError when what comes is no answer."""
        outgoing: deque[memoryview] = deque(memoryview(chunk) for chunk in frame.chunks()) if frame else deque()
        incoming = Incoming(reply_bytes)
        if frame is not None and self._stray():
            raise WireError("bytes after the answer")
        if outgoing:
            self._selector.register(self._process.calls, selectors.EVENT_WRITE)
        try:
            return self._wait(outgoing, incoming, deadline)
        finally:
            if self._process.calls in self._selector.get_map():
                self._selector.unregister(self._process.calls)

    def _wait(self, outgoing: deque[memoryview], incoming: Incoming, deadline: float) -> tuple[str, Value] | Halt:
        while True:
            left = deadline - self._clock()
            ready = {key.fd for key, _ in self._selector.select(max(0.0, min(left, MAX_WAIT_SECONDS)))}
            if left <= 0 and self._process.frames not in ready:  # an answer that waits was given in time
                return Halt.TIME
            if self._process.prints in ready and not self.drain(once=True):
                return Halt.OUTPUT
            if self._process.calls in ready and not self._write(outgoing):
                self._selector.unregister(self._process.calls)
            if self._process.frames in ready:
                data = self._read(self._process.frames, min(incoming.missing + 1, CHUNK_BYTES))
                if data == b"":
                    return Halt.CLOSED
                incoming.feed(data or b"")
                if incoming.missing == 0:
                    # prints left before the answer did, so they are all in the pipe by now
                    return incoming.result() if self.drain() else Halt.OUTPUT

    def drain(self, once: bool = False) -> bool:
        """Take what has been printed; False when it is more than may be."""
        while self._prints_open and not self._overflow:
            data = self._read(self._process.prints, CHUNK_BYTES)
            if data is None:
                break
            if data == b"":
                self._prints_open = False
                self._selector.unregister(self._process.prints)
                break
            room = self._output_bytes - len(self.printed)
            self.printed += data[:room]
            self._overflow = len(data) > room
            if once:
                break
        return not self._overflow

    def _write(self, outgoing: deque[memoryview]) -> bool:
        """Write what fits; False when nothing is left, or nobody reads any more (then the frames pipe says why)."""
        while outgoing:
            try:
                written = os.write(self._process.calls, outgoing[0][:CHUNK_BYTES])
            except BlockingIOError:
                return True
            except BrokenPipeError:
                return False
            outgoing[0] = outgoing[0][written:]
            if not outgoing[0]:
                outgoing.popleft()
        return False

    def _stray(self) -> bool:
        """Whether something was written without being asked; the end of the pipe is found by the wait that follows."""
        return bool(self._read(self._process.frames, 1))

    def _read(self, descriptor: int, count: int) -> bytes | None:
        """Bytes, b"" at the end, None when there are none now."""
        try:
            return os.read(descriptor, count)
        except BlockingIOError:
            return None
