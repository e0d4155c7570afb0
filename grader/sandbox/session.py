"""One process with one submission, from its start to its end: the supervisor's side of every call."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped, endings
from grader.sandbox.channel import Channel, Halt
from grader.sandbox.inside.frames import Frame, WireError
from grader.sandbox.inside.messages import call_frame, load_frame, read_reply
from grader.sandbox.launch import Launch
from grader.sandbox.process import Process
from grader.upload import Upload
from reference.spec import Limits

START_SECONDS = 60.0
"""For our own start-up; a tenth of a second on an idle machine. Beyond it the machine is at fault, not the student."""

HEADER_ONLY_BYTES = 0  # replies about loading carry texts and numbers, no arrays


class ProcessSession:
    """A Session (see grader.sandbox) over a Process."""

    def __init__(self, process: Process, limits: Limits, walled: bool, clock: Callable[[], float]) -> None:
        self._process = process
        self._limits = limits
        self._walled = walled
        self._clock = clock
        self._channel = Channel(process, limits.output_bytes, clock)
        self._end: Stopped | None = None
        self._loaded: Loaded | Raised | Stopped | None = None
        self._closed = False

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave."""
        if self._loaded is None:
            raise SandboxBroken("the session has not loaded its submission")
        return self._loaded

    @property
    def printed(self) -> str:
        """Prints so far, decoded with replacement."""
        if self._end is None and not self._closed:
            self._channel.drain()
        return self._channel.printed.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls in order; after an ending every remaining reply is that ending."""
        return [self._one(call) for call in calls]

    def start(self) -> None:
        """Wait until the walls are up. Raises SandboxBroken: nothing of a student's is in the process yet."""
        try:
            answer = self._channel.exchange(None, HEADER_ONLY_BYTES, self._clock() + START_SECONDS)
        except WireError as error:
            raise SandboxBroken(f"the sandbox process sent no greeting: {error}") from error
        if isinstance(answer, Halt) or answer[0] != "ready":
            self._channel.drain()
            said = self._channel.printed.decode("utf-8", "replace").strip()[-2000:]
            raise SandboxBroken(f"the sandbox process did not start ({answer}): {said}")

    def load(self, upload: Upload) -> None:
        """Send the submission and take what loading it gives."""
        frame = load_frame(tuple((file.name, file.text) for file in upload.files))
        reply = self._exchange(frame, HEADER_ONLY_BYTES, self._limits.load_seconds, loading=True)
        if isinstance(reply, Returned):
            reply = self._stop(endings.protocol("a value where the load was expected"))
        if isinstance(reply, Raised):
            self._end = Stopped(Verdict.NO_RESULT, "The file did not load, so none of its functions can be called.")
        self._loaded = reply

    def close(self) -> None:
        """End the process and give everything back; what it printed stays known."""
        self._channel.drain()
        self._closed = True
        self._channel.close()
        self._process.close()

    def _one(self, call: Call) -> Reply:
        if self._end is not None:
            return self._end
        seconds = self._limits.call_seconds if call.wall_seconds is None else call.wall_seconds
        reply = self._exchange(call_frame(call), call.reply_bytes, seconds, loading=False)
        if isinstance(reply, Loaded):
            return self._stop(endings.protocol("a load where a value was expected"))
        return reply

    def _exchange(
        self, frame: Frame, reply_bytes: int, seconds: float, loading: bool
    ) -> Returned | Raised | Loaded | Stopped:
        begun = self._clock()
        try:
            answer = self._channel.exchange(frame, reply_bytes, begun + seconds)
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


@contextmanager
def opened(
    launch: Launch, upload: Upload, limits: Limits, walled: bool, clock: Callable[[], float]
) -> Iterator[ProcessSession]:
    """A session with `upload` loaded; its process is ended, reaped and its pipes closed however the block is left.

    A fault of ours before the submission has loaded is tried again once in a fresh process: nothing was answered yet.
    """
    try:
        session = _loaded(launch, upload, limits, walled, clock)
    except SandboxBroken:
        session = _loaded(launch, upload, limits, walled, clock)
    try:
        yield session
    finally:
        session.close()


def _loaded(launch: Launch, upload: Upload, limits: Limits, walled: bool, clock: Callable[[], float]) -> ProcessSession:
    process = launch(limits)
    try:
        session = ProcessSession(process, limits, walled, clock)
    except BaseException:
        process.close()
        raise
    try:
        session.start()
        session.load(upload)
    except BaseException:
        session.close()
        raise
    return session
