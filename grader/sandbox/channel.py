"""Moves frames and prints over non-blocking pipes, against the clock and against byte caps.

Every wait is one select over all pipes with the time that is left, so a process that does not read, drips, floods or
closes its pipe cannot make the supervisor wait for it.
"""

import os
import selectors
from collections import deque
from collections.abc import Callable, Iterable
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

PIPE_BYTES = CHUNK_BYTES = 1 << 16  # what a pipe holds; never read more at once
KEPT_BYTES = 1 << 18  # of prints; what is printed beyond them is read and forgotten
MAX_WAIT_SECONDS = 1.0  # select returns at least this often to look at the clock


class Halt(Enum):
    """Why no answer came; the process is still to be killed or reaped."""

    TIME = "time"
    OUTPUT = "output"
    CLOSED = "closed"


class Incoming:
    """One frame as it arrives. Its header is judged as soon as it is complete, before more of its arrays is read."""

    def __init__(self, reply_bytes: int) -> None:
        self._reply_bytes = reply_bytes
        self._data = bytearray()
        self._needed = PREFIX_BYTES  # of what is known to come
        self._length: int | None = None
        self._header: Header | None = None

    @property
    def missing(self) -> int:
        """Bytes to the end of what is known to come; 0 when the frame is complete."""
        return self._needed - len(self._data)

    def feed(self, data: bytes) -> bytes:
        """Take bytes; what is beyond the frame comes back. Raises WireError at the first that cannot be right."""
        start = 0
        while start < len(data) and (missing := self._needed - len(self._data)):
            self._data += data[start : start + missing]
            start += missing
            if len(self._data) == self._needed:
                self._judge()
        return data[start:]

    def result(self, number: int) -> tuple[str, Value]:
        """Kind and value of the complete frame, which must be the one of this number."""
        if self._header is None or self._length is None:
            raise WireError("no header")
        if self._header.number != number:
            raise WireError("bytes after the answer")
        with memoryview(self._data) as data:
            return self._header.kind, read_body(self._header, data[PREFIX_BYTES + self._length :])

    def _judge(self) -> None:
        """What is here says how much more is to come."""
        if self._length is None:
            self._length = header_length(self._data)
            self._needed += self._length
        elif self._header is None:
            self._header = read_header(self._data[PREFIX_BYTES:], self._reply_bytes)
            self._needed += self._header.body_bytes


class Channel:
    """The pipes of one process. `printed` keeps the first of what it prints; it may print `output_bytes` in all.

    Frames may be sent together: each answer is then awaited in turn, and the process need not wait for us in between.
    An answer carries the number of its question, so that one too many is not taken for the next.
    """

    def __init__(self, process: Process, output_bytes: int, clock: Callable[[], float]) -> None:
        self._process = process
        self._output_bytes = output_bytes
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._selector.register(process.frames, selectors.EVENT_READ)
        self._selector.register(process.prints, selectors.EVENT_READ)
        self._outgoing: deque[memoryview] = deque()
        self._awaits_room = False  # for more of what is outgoing
        self._arrived = b""  # of the next answer, come along with the one before
        self._prints_open = True
        self._overflow = False
        self._printed_bytes = 0
        self.printed = bytearray()

    def close(self) -> None:
        """Let go of the pipes; the process owns their descriptors."""
        self._selector.close()

    def exchange(self, frame: Frame, reply_bytes: int, deadline: float) -> tuple[str, Value] | Halt:
        """Send a frame and wait for its answer. Raises WireError when what comes is no answer."""
        self.send([frame])
        return self.receive(reply_bytes, deadline)

    def send(self, frames: Iterable[Frame]) -> None:
        """Begin to send frames that are answered in this order. Raises WireError where an answer is there already."""
        if self._arrived or self._read(
            self._process.frames, 1
        ):  # the end of the pipe is found by the wait that follows
            raise WireError("bytes after the answer")
        self.post(frames)

    def post(self, frames: Iterable[Frame]) -> None:
        """Begin to send frames, whatever is there already; small ones in one piece, so that they arrive together."""
        pieces = [chunk for number, frame in enumerate(frames) for chunk in frame.numbered(number).chunks()]
        if sum(map(len, pieces)) <= PIPE_BYTES:
            pieces = [b"".join(pieces)] if pieces else []
        self._outgoing.extend(map(memoryview, pieces))
        self._write()

    def receive(
        self, reply_bytes: int, deadline: float, number: int = 0, more: bool = False
    ) -> tuple[str, Value] | Halt:
        """Wait for the answer to frame `number` of those sent together; `more`: others are to follow.

        Raises WireError when what comes is no answer.
        """
        incoming = Incoming(reply_bytes)
        self._arrived = incoming.feed(self._arrived)
        late_bytes = 0
        while incoming.missing:
            left = deadline - self._clock()
            wait = 0.0 if self._overflow else max(0.0, min(left, MAX_WAIT_SECONDS))
            ready = {key.fd for key, _ in self._selector.select(wait)}
            # An answer that waits was given in time, but no more than its pipe holds can wait.
            if left <= 0 and (self._process.frames not in ready or late_bytes >= PIPE_BYTES):
                return Halt.TIME
            # Prints first: where those of the next call overflow, the answer to this one lies in its pipe already.
            if self._process.prints in ready:
                self.drain(once=True)
            fits = not self._overflow
            if self._process.calls in ready:
                self._write()
            if self._process.frames in ready or not fits:
                data = self._read(self._process.frames, CHUNK_BYTES)
                if data == b"":
                    return Halt.CLOSED if fits else Halt.OUTPUT
                late_bytes += len(data or b"") if left <= 0 else 0
                self._arrived = incoming.feed(data or b"")
            if not fits and incoming.missing:
                return Halt.OUTPUT
        if self._arrived and not more:
            raise WireError("bytes after the answer")
        # Prints left before the answer did, so they are all in the pipe by now; those of a call that was sent ahead may
        # be among them, and then it is that one which pays: so they are looked at with the last answer.
        return incoming.result(number) if more or self.drain() else Halt.OUTPUT

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
            self.printed += data[: min(KEPT_BYTES, self._output_bytes) - len(self.printed)]
            self._printed_bytes += len(data)
            self._overflow = self._printed_bytes > self._output_bytes
            if once:
                break
        return not self._overflow

    def _write(self) -> None:
        """Write what fits, and have the rest waited for. Where nobody reads any more, the frames pipe says why."""
        while self._outgoing:
            try:
                written = os.write(self._process.calls, self._outgoing[0])
            except BlockingIOError:
                break
            except BrokenPipeError:
                self._outgoing.clear()
                break
            self._outgoing[0] = self._outgoing[0][written:]
            if not self._outgoing[0]:
                self._outgoing.popleft()
        if bool(self._outgoing) is not self._awaits_room:
            self._awaits_room = not self._awaits_room
            if self._awaits_room:
                self._selector.register(self._process.calls, selectors.EVENT_WRITE)
            else:
                self._selector.unregister(self._process.calls)

    def _read(self, descriptor: int, count: int) -> bytes | None:
        """Bytes, b"" at the end, None when there are none now."""
        try:
            return os.read(descriptor, count)
        except BlockingIOError:
            return None
