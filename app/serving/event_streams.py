"""Streams of events to browsers: so many for one person, so many in all, each for so long, and none after the end."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.errors import TooManyRequests
from app.serving.awaited_ending import AwaitedEnding
from grader.translation import gettext as _

FOR_ONE = 3
"""Streams of one person at once: pages that are open side by side. The next page asks again and again instead."""

IN_ALL = 300
LONGEST_SECONDS = 60.0
"""Then a stream ends, and the browser opens it again: who has left, or may no longer look, is not told for ever."""

AGAIN_MS = 1_000
"""Until a browser opens a stream again that has ended."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a stream says next. kind: the event's name; text: what goes with it. last: whether the stream ends with it.

    key: what changes when there is something to say; the same text need not be sent twice.
    pause_seconds: until it is worth looking again.
    """

    kind: str
    text: str
    key: object
    last: bool = False
    pause_seconds: float = 0.5


PIECE_SECONDS = 2.0
"""So long at most nobody looks whether the server stops: it waits for those who wait."""


def pieces(seconds: float) -> Iterator[float]:
    """A pause in parts, after each of which one may leave."""
    while seconds > 0.0:
        piece = min(seconds, PIECE_SECONDS)
        yield piece
        seconds -= piece


Look = Callable[[], Told]
"""Looks, in a thread, what there is to say; it holds nothing when it returns."""


class EventStreams:
    """The open streams of this process."""

    def __init__(
        self,
        *,
        for_one: int = FOR_ONE,
        in_all: int = IN_ALL,
        longest_seconds: float = LONGEST_SECONDS,
    ) -> None:
        self._for_one = for_one
        self._in_all = in_all
        self._longest_seconds = longest_seconds
        self._open: Counter[str] = Counter()
        self._ended = False

    @property
    def open(self) -> int:
        """How many there are."""
        return self._open.total()

    @property
    def ended(self) -> bool:
        """Whether the server stops: whoever else keeps an answer open ends it too."""
        return self._ended

    def close(self) -> None:
        """End them all at their next look, and open no more: the server stops. Safe in a signal handler."""
        self._ended = True

    def response(self, person: str, look: Look, ending: Callable[[], AwaitedEnding]) -> "EventStream":
        """A stream of what `look` finds now and then, and at the end. Raises TooManyRequests for one too many."""
        if refused := self._refused(person):
            raise TooManyRequests(refused, max(1, int(self._longest_seconds)))
        self._open[person] += 1
        return EventStream(self._events(look, ending), lambda: self._leave(person))

    async def _events(self, look: Look, awaited: Callable[[], AwaitedEnding]) -> AsyncIterator[str]:
        """Each look that has something new; a comment where none has, so that a lost browser is noticed."""
        yield f"retry: {AGAIN_MS}\n\n"
        end = asyncio.get_running_loop().time() + self._longest_seconds
        said: object = None
        with awaited() as ending:
            while not self._ended and asyncio.get_running_loop().time() < end:
                ending.look()
                told = await run_in_threadpool(look)
                if told.last or told.key != said:
                    said = told.key
                    yield event(told.kind, told.text)
                else:
                    yield ": nothing new\n\n"
                if told.last:
                    return
                for piece in pieces(told.pause_seconds):
                    if not self._ended and not ending.came:
                        await ending.rest(piece)

    def _refused(self, person: str) -> str:
        """Why there is no stream for this person now; empty where there is one."""
        if self._ended:
            return _("This server is being stopped; ask again in a minute.")
        if self._open[person] >= self._for_one:
            return _("You follow {most} submissions already; close one of their pages first.", most=self._for_one)
        if self.open >= self._in_all:
            return _("Too many follow their submissions just now; the page shows the result when you load it again.")
        return ""

    def _leave(self, person: str) -> None:
        self._open[person] -= 1
        if self._open[person] <= 0:
            del self._open[person]


class EventStream(StreamingResponse):
    """The answer with a stream; `left` is called when it is over, whoever ended it."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncIterator[str], left: Callable[[], None]) -> None:
        # A proxy that gathers an answer before it passes it on would make a stream of it pointless.
        super().__init__(events, headers={"X-Accel-Buffering": "no"})
        self._left = left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._left()


def event(kind: str, text: str, event_id: int | None = None) -> str:
    """One event as browsers read it: every line of the text on a line of its own. event_id: where to go on from."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    named = "" if event_id is None else f"id: {event_id}\n"
    return f"event: {kind}\n{named}" + "".join(f"data: {line}\n" for line in lines) + "\n"
