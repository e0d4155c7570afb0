"""A Sandbox without walls: runs OUR OWN test files in this process, so that checks can be tested in microseconds.

Never for a student's file. Values cross the real wire's frames, so that its Session gives the same replies as the real
one, which test_in_process.py proves.
"""

import ast
import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped
from grader.sandbox.inside.definitions import of_statement
from grader.sandbox.inside.frames import Frame, read_body, read_header
from grader.sandbox.inside.messages import call_frame, read_call, read_reply
from grader.sandbox.inside.runner import Runner
from grader.sandbox.inside.wire import Value
from grader.upload import SourceFile, Upload
from reference.spec import Limits


class InProcessSession:
    """Answers calls by running them right here."""

    def __init__(self, source: str, endings: dict[str, Stopped]) -> None:
        self._endings = endings
        self._ended: Stopped | None = None
        self._out = io.StringIO()
        self._names: dict[str, Any] = {"__name__": "student"}
        self.loaded: Loaded | Raised | Stopped = self._load(source)

    @property
    def printed(self) -> str:
        """What was printed so far."""
        return self._out.getvalue()

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls here; a function named in `endings` ends the session."""
        return [self._one(call) for call in calls]

    def _load(self, source: str) -> Loaded | Raised | Stopped:
        try:
            tree = ast.parse(source)
            with contextlib.redirect_stdout(self._out):
                exec(compile(source, "student.py", "exec"), self._names)
        except SyntaxError as error:
            return Raised("SyntaxError", error.msg, error.lineno or 0)
        self._runner = Runner(self._names, {"student.py"}, "student.py")
        return Loaded(tuple(found for node in tree.body for found in of_statement(node)))

    def _one(self, call: Call) -> Reply:
        self._ended = self._ended or self._endings.get(call.target)
        if self._ended:
            return self._ended
        arrived = read_call(_crossed(call_frame(call))[1])
        with contextlib.redirect_stdout(self._out), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame = self._runner.perform(arrived)
        reply = read_reply(*_crossed(frame), 0.0)
        assert isinstance(reply, (Returned, Raised))
        return reply


class InProcessSandbox:
    """Opens InProcessSessions; `endings` makes a call of a named function end its session."""

    level = "in-process"

    def __init__(self, **endings: Stopped) -> None:
        self._endings = endings
        self.opened = 0

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[InProcessSession]:
        """A session with the entry file loaded."""
        self.opened += 1
        yield InProcessSession(upload.entry.text, self._endings)

    def close(self) -> None:
        """Nothing is kept."""


def upload(text: str, name: str = "student.py") -> Upload:
    """An upload of one file."""
    return Upload((SourceFile(name, text),))


def _crossed(frame: Frame) -> tuple[str, Value]:
    """The kind and value of a frame as the other side reads them."""
    body = b"".join(frame.chunks())[len(frame.head()) :]
    header = read_header(frame.header, frame.body_bytes)
    return header.kind, read_body(header, body)
