"""One process with one submission, from its start to its end: the supervisor's side of every call."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped, endings
from grader.sandbox.channel import Channel, Halt
from grader.sandbox.inside.frames import Frame, WireError
from grader.sandbox.inside.messages import call_frame, load_frame, read_reply
from grader.sandbox.inside.wire import Value
from grader.sandbox.launch import Launch
from grader.upload import Upload
from reference.spec import Limits

START_SECONDS = 60.0
"""For our own start-up; a tenth of a second on an idle machine. Beyond it the machine is at fault, not the student."""

HEADER_ONLY_BYTES = 0  # replies about loading carry texts and numbers, no arrays

BATCH_BYTES = 1 << 20
"""Arguments that are sent in one go. Small probes save a wake-up each; large ones would only wait in the pipe."""


def _nothing() -> None:
    """What is done afterwards where nothing is to be done."""


class ProcessSession:
    """A Session (see grader.sandbox) over a Process that `launch` starts at once; SandboxBroken if it does not.

    The submission is sent at once too; what loading it gave is waited for when it is asked for, or with the first
    calls, which travel together with it. afterwards: what the launcher likes to do when the session is over; it raises
    nothing.
    """

    def __init__(
        self,
        launch: Launch,
        upload: Upload,
        limits: Limits,
        walled: bool,
        clock: Callable[[], float],
        afterwards: Callable[[], None] = _nothing,
    ) -> None:
        self._launch = launch
        self._limits = limits
        self._walled = walled
        self._clock = clock
        self._submission = load_frame(tuple((file.name, file.text) for file in upload.files))
        self._end: Stopped | None = None
        self._loaded: Loaded | Raised | Stopped | None = None
        self._held = False  # whether there is a process to give back
        self._afterwards = afterwards
        self._begin()

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave. Raises SandboxBroken for a fault of ours."""
        return self._loaded or self._settle([])

    @property
    def printed(self) -> str:
        """Prints so far, decoded with replacement."""
        if self._end is None and self._held:
            self._channel.drain()
        return self._channel.printed.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls in order; after an ending every remaining reply is that ending."""
        return [reply for batch in _batches(calls) for reply in self._batch(batch)]

    def close(self) -> None:
        """End the process and give everything back; what it printed stays known."""
        if self._held:
            self._channel.drain()
            self._let_go()
        self._afterwards()

    def _begin(self) -> None:
        self._process = self._launch(self._limits)
        try:
            self._channel = Channel(self._process, self._limits.output_bytes, self._clock)
            self._channel.post([self._submission])
        except BaseException:
            self._process.close()
            raise
        self._held = True

    def _let_go(self) -> None:
        self._held = False
        self._channel.close()
        self._process.close()

    def _settle(self, calls: Sequence[Frame]) -> Loaded | Raised | Stopped:
        """Send calls after the submission, and take what loading it gave.

        The process reads nothing before its walls are up, and says so first. A fault of ours until then is tried again
        once in a fresh process: nothing was answered yet.
        """
        try:
            return self._load(calls)
        except SandboxBroken:
            self._let_go()
            self._begin()
            return self._load(calls)

    def _load(self, calls: Sequence[Frame]) -> Loaded | Raised | Stopped:
        self._channel.post(calls)
        self._greeting()
        reply = self._receive(HEADER_ONLY_BYTES, self._limits.load_seconds, loading=True, more=bool(calls))
        if isinstance(reply, Returned):
            reply = self._stop(endings.protocol("a value where the load was expected"))
        if isinstance(reply, Raised):
            self._end = Stopped(Verdict.NO_RESULT, "The file did not load, so none of its functions can be called.")
        self._loaded = reply
        return reply

    def _batch(self, calls: Sequence[Call]) -> Iterator[Reply]:
        """Send calls together and take their replies in turn."""
        if self._loaded is None:
            self._settle([call_frame(call) for call in calls])
        elif self._end is None:
            try:
                self._channel.send([call_frame(call) for call in calls])
            except WireError as error:
                self._stop(endings.protocol(str(error)))
        for number, call in enumerate(calls):
            if self._end is None:
                seconds = self._limits.call_seconds if call.wall_seconds is None else call.wall_seconds
                more = number + 1 < len(calls)
                reply = self._receive(call.reply_bytes, seconds, loading=False, number=number, more=more)
                if isinstance(reply, Loaded):
                    reply = self._stop(endings.protocol("a load where a value was expected"))
                elif isinstance(reply, Returned) and not _answers(call, reply):
                    reply = self._stop(endings.protocol("other arguments than were sent"))
                yield reply
            else:
                yield self._end

    def _greeting(self) -> None:
        try:
            answer = self._channel.receive(HEADER_ONLY_BYTES, self._clock() + START_SECONDS, more=True)
        except WireError as error:
            raise SandboxBroken(f"the sandbox process sent no greeting: {error}") from error
        if isinstance(answer, Halt) or answer[0] != "ready":
            self._channel.drain()
            said = self._channel.printed.decode("utf-8", "replace").strip()[-2000:]
            raise SandboxBroken(f"the sandbox process did not start ({answer}): {said}")

    def _receive(
        self, reply_bytes: int, seconds: float, loading: bool, number: int = 0, more: bool = False
    ) -> Returned | Raised | Loaded | Stopped:
        begun = self._clock()
        try:
            answer = self._channel.receive(reply_bytes, begun + seconds, number, more)
            if not isinstance(answer, Halt):
                reply = read_reply(*answer, self._clock() - begun)
                if isinstance(reply, Raised) and reply.type_name == "MemoryError":
                    return self._stop(endings.memory(self._limits), begun)
                return reply
        except WireError as error:
            return self._stop(endings.protocol(str(error)), begun)
        if answer is Halt.TIME:
            return self._stop(endings.wall(seconds, loading), begun)
        if answer is Halt.OUTPUT:
            return self._stop(endings.output(self._limits), begun)
        return self._stop(self._pipe_closed(), begun)

    def _pipe_closed(self) -> Stopped:
        """Its pipe is closed: it ended, or it lives on without a way to answer."""
        if not self._process.ends_soon():
            return Stopped(Verdict.NO_RESULT, "The code closed the channel on which answers are given.")
        self._channel.drain()
        return endings.of_process(self._process.reap(), self._limits, self._walled)

    def _stop(self, ending: Stopped, begun: float | None = None) -> Stopped:
        """Remember the ending and make it true."""
        self._channel.drain()
        self._process.kill()
        if begun is not None:
            ending = dataclasses.replace(ending, seconds=self._clock() - begun)
        self._end = ending
        return ending


def _answers(call: Call, reply: Returned) -> bool:
    """Whether a reply has as many arguments, or as many pairs of its steps, as this call may have."""
    if call.operation != "steps":
        return _fits(call, reply.arguments)
    pairs, told = reply.value, [step for step in call.steps if step.tells]
    if reply.arguments or not isinstance(pairs, tuple) or len(pairs) != len(told):
        return False
    return all(
        isinstance(pair, tuple) and len(pair) == 2 and _fits(step, pair[1])
        for step, pair in zip(told, pairs, strict=True)
    )


def _fits(call: Call, arguments: Value) -> bool:
    """All arguments that were sent come back, or none where the value was too large to cross."""
    return isinstance(arguments, tuple) and len(arguments) in ((0, len(call.arguments)) if call.echo else (0,))


def _batches(calls: Sequence[Call]) -> Iterator[Sequence[Call]]:
    """`calls` in runs of at most BATCH_BYTES of arrays; a larger call goes alone."""
    batch: list[Call] = []
    room = BATCH_BYTES
    for call in calls:
        made = call.steps or (call,)
        size = sum(value.nbytes for one in made for value in one.arguments if isinstance(value, np.ndarray))
        if batch and size > room:
            yield batch
            batch, room = [], BATCH_BYTES
        batch.append(call)
        room -= size
    if batch:
        yield batch


@contextmanager
def opened(
    launch: Launch,
    upload: Upload,
    limits: Limits,
    walled: bool,
    clock: Callable[[], float],
    afterwards: Callable[[], None] = _nothing,
) -> Iterator[ProcessSession]:
    """A session; its process is ended and its pipes closed however the block is left."""
    session = ProcessSession(launch, upload, limits, walled, clock, afterwards)
    try:
        yield session
    finally:
        session.close()
