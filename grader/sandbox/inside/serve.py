"""One process, one submission: walls first, then the source, then calls until the pipe closes."""
# pathlib would cost every start its import:
# ruff: noqa: PTH120

import io
import os
import sys
from collections.abc import Callable

from grader.sandbox.inside import nowhere, other_versions, preload, walls
from grader.sandbox.inside.encoding import TooLarge, encode
from grader.sandbox.inside.frames import PREFIX_BYTES, Frame, header_length, read_body, read_header
from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.messages import read_call, read_load, reply_frame
from grader.sandbox.inside.runner import Runner, flush, seed
from grader.sandbox.inside.wire import Raised

FRAMES_IN, FRAMES_OUT = 0, 3
SMALL_BYTES = 1 << 16  # greetings and reports of loading carry no student's arrays
CHUNK_BYTES = 1 << 16  # what a pipe holds
TRUSTED_BYTES = 1 << 32
"""The supervisor's own frames may be as large as they like: memory is limited anyway."""


def serve(settings: walls.Settings) -> None:
    """Never returns: ends the process when the supervisor closes the pipe."""
    arrange(settings.frames)
    readable = prepare(settings.numpy_folder)
    if settings.walls == "all":
        work(walls.enclose(settings, walls.plan(readable), walls.limits(settings)))
    walls.limit(walls.limits(settings))
    work({"user": os.geteuid()})


def prepare(numpy_folder: str) -> list[str]:
    """Load all machine code and take ourselves out of sight; the paths that a student's process may read."""
    readable = preload.readable_paths(preload.load_numpy())
    preload.load_extensions()
    other_versions.add()
    nowhere.install()
    _forget(numpy_folder)
    return readable


def work(report: dict[str, str | int]) -> None:
    """Say that the walls are up, and serve one submission. Never returns."""
    outlet = _Outlet(os.write)
    outlet.send(encode("ready", report), SMALL_BYTES)
    _work(os.read, outlet, os._exit)


def _work(read: Callable[[int, int], bytes], outlet: "_Outlet", leave: Callable[[int], None]) -> None:
    """Load the submission, then answer calls. What reads, writes and leaves is ours whatever is done to `os`."""
    seed(0)
    inlet = _Inlet(read, leave)
    _, files = inlet.receive()
    loader = Loader(read_load(files))
    reply = loader.load()
    flush()
    try:
        frame = reply_frame(reply)
    except TooLarge:
        frame = reply_frame(Raised("SyntaxError", "the file defines more names than can be graded"))
    outlet.send(frame, SMALL_BYTES)
    runner = Runner(loader.namespace, loader.files, loader.entry, loader.parsed)
    while True:
        number, value = inlet.receive()
        call = read_call(value)
        outlet.send(runner.perform(call).numbered(number), call.reply_bytes)


def arrange(frames: int) -> None:
    """Descriptors: 0 frames in, 1 and 2 prints, 3 frames out; standard input is empty for students."""
    if frames != FRAMES_OUT:
        os.dup2(frames, FRAMES_OUT, inheritable=False)
        os.close(frames)
    sys.stdin = sys.__stdin__ = io.StringIO()  # type: ignore[misc, assignment]  # input() must not eat our frames
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # lines leave at once, so that a crash loses none
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)


def _forget(numpy_folder: str) -> None:
    """Take our names, arguments and environment out of a student's reach; none is secret, all are distracting."""
    for name in [name for name in sys.modules if name == "grader" or name.startswith("grader.")]:
        del sys.modules[name]
    ours = (os.path.dirname(__file__), numpy_folder)
    sys.path[:] = [entry for entry in sys.path if entry not in ours]
    for entry in ours:
        sys.path_importer_cache.pop(entry, None)
    sys.argv[:] = sys.orig_argv[:] = ["submission.py"]
    os.environ.clear()


class _Inlet:
    """Takes frames from the supervisor's pipe, and what comes along with them."""

    def __init__(self, read: Callable[[int, int], bytes], leave: Callable[[int], None]) -> None:
        self._read = read
        self._leave = leave
        self._data = bytearray()

    def receive(self) -> tuple[int, object]:
        """The next frame's number and value; ends the process where the supervisor has closed the pipe."""
        length = header_length(self._take(PREFIX_BYTES), TRUSTED_BYTES)
        header = read_header(self._take(length), TRUSTED_BYTES)
        return header.number, read_body(header, self._take(header.body_bytes))

    def _take(self, count: int) -> bytes:
        while len(self._data) < count:
            piece = self._read(FRAMES_IN, max(count - len(self._data), CHUNK_BYTES))
            if not piece:
                self._leave(0)
            self._data += piece
        taken = bytes(self._data[:count])
        del self._data[:count]
        return taken


class _Outlet:
    """Gives frames to the supervisor's pipe."""

    def __init__(self, write: Callable[[int, bytes | memoryview], int]) -> None:
        self._write = write

    def send(self, frame: Frame, reply_bytes: int) -> None:
        """Write a frame; one that is too large only announces itself, and the supervisor ends the session."""
        for chunk in [frame.head()] if frame.body_bytes > reply_bytes else frame.chunks():
            rest = memoryview(chunk)
            while rest:
                rest = rest[self._write(FRAMES_OUT, rest) :]
