"""A Sandbox without walls: runs OUR OWN test files in this process, so that checks can be tested in microseconds.

Never for a student's file. Values cross as they do on the real wire, so that its Session gives the same replies as the
real one, which test_in_process.py proves. Plain arrays and numbers are copied without being written as frames, and what
the calls of one message share is set up once, for the suites of variants and mutants make millions of calls.
"""

import ast
import contextlib
import io
import random
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType, FrameType, ModuleType
from typing import Any

import numpy as np

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Stopped
from grader.sandbox.inside.definitions import of_statement, of_value
from grader.sandbox.inside.faults import OUT_OF_MEMORY, raised
from grader.sandbox.inside.frames import MAX_DEPTH, Frame, read_body, read_header
from grader.sandbox.inside.members import of_classes
from grader.sandbox.inside.messages import call_frame, encode_returned, read_call, read_reply, reply_frame
from grader.sandbox.inside.runner import Runner, _echoed, seed
from grader.sandbox.inside.wire import Definition, Kept, Value
from grader.sandbox.inside.workbench import Parsed
from grader.upload import SourceFile, Upload
from reference.spec import Limits

PLAIN_DTYPES = frozenset(map(np.dtype, ("f8", "f4", "i8", "b1")))
PLAIN_LENGTH = 15
"""Longer sequences may be packed on the wire; they take the long way."""


NEVER_RUN = (ast.Assert, ast.For, ast.While, ast.With, ast.Raise, ast.Match)
"""Statements that the real loader skips whatever they hold. It skips calls and `del` too, with which tests print and
take away."""


class OutOfTime(BaseException):
    """A call took longer than it may; no student's `except Exception` catches it."""


class InProcessSession:
    """Answers calls by running them right here."""

    def __init__(self, source: str, endings: dict[str, Stopped], cpu_seconds: float | None = None) -> None:
        self._endings = endings
        self._cpu_seconds = cpu_seconds
        self._ended: Stopped | None = None
        self._out = io.StringIO()
        self._module = ModuleType("student")
        self._names: dict[str, Any] = self._module.__dict__
        self.loaded: Loaded | Raised | Stopped = self._load(source)

    @property
    def printed(self) -> str:
        """What was printed so far."""
        return self._out.getvalue()

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls here; a function named in `endings` ends the session."""
        with contextlib.redirect_stdout(self._out), warnings.catch_warnings(), _alarmed(self._cpu_seconds):
            warnings.simplefilter("ignore")
            return [self._one(call) for call in calls]

    def _load(self, source: str) -> Loaded | Raised | Stopped:
        try:
            code, tree, definitions = _compiled(source)
            with contextlib.redirect_stdout(self._out), _importable(self._module):
                try:
                    exec(code, self._names)
                except ImportError:
                    raise
                except Exception:  # an assignment that computes, which the real loader skips
                    _one_by_one(tree, self._names)
        except SyntaxError as error:
            return Raised("SyntaxError", error.msg, error.lineno or 0)
        self._runner = _Runner(
            self._names, {"student.py"}, "student.py", [Parsed(self._names, "student.py", tree.body)]
        )
        found = {each.name: each for each in (*definitions, *_set_to_callables(tree, self._names))}
        found |= {each.name: each for each in of_classes(found, self._names, {"student.py"}, "student.py")}
        return Loaded(tuple(found.values()))

    def _one(self, call: Call) -> Reply:
        if call.operation == "steps":
            return self._in_turn(call)
        self._ended = self._ended or self._endings.get(call.target)
        if self._ended:
            return self._ended
        try:
            with _Limited(self._cpu_seconds):
                return self._called(call) if self._is_plain(call) else self._runner.reply(call)
        except OutOfTime:
            self._ended = Stopped(Verdict.TIME_LIMIT, "out of time")
            return self._ended

    def _in_turn(self, call: Call) -> Reply:
        """The steps one by one, until one gives no value."""
        pairs: list[Value] = []
        for step in call.steps:
            reply = self._one(step)
            if not isinstance(reply, Returned):
                return reply
            if step.tells:
                pairs.append((None if step.quiet else reply.value, reply.arguments))
        return Returned(tuple(pairs))

    def _is_plain(self, call: Call) -> bool:
        """Whether it calls a function and keeps nothing, and is given nothing that was kept."""
        given = [*call.arguments, *call.keywords.values()]
        function = call.operation == "call" and call.keep is None and call.target in self._names
        return function and not any(map(_holds_kept, given))

    def _called(self, call: Call) -> Reply:
        """A function called the short way."""
        np.random.seed(call.seed)
        random.seed(call.seed)
        arguments, keywords = arrived(call)
        try:
            value = self._names[call.target](*arguments, **keywords)
        except Exception as error:  # whatever a student's code raises is a value
            return Raised(type(error).__name__, str(error), _line(error))
        return returned(value, arguments if call.echo else ())


class _Runner(Runner):
    """The real runner for anything else, such as a method of a kept object; plain values are copied here too."""

    def reply(self, call: Call) -> Reply:
        """The reply of a call as it is on the other side of the wire."""
        seed(call.seed)
        given, keywords = arrived(call)
        there = Call(call.target, given, keywords, call.operation, call.keep)
        try:
            arguments = tuple(map(self._own, given))
            value = self._operations[call.operation](there, arguments)
            if call.keep is not None:
                self._kept[call.keep] = value
                value = Kept(call.keep)
            return returned(value, _echoed(there, arguments) if call.echo else ())
        except MemoryError:
            failed = OUT_OF_MEMORY
        except BaseException as error:  # as in the real runner, and OutOfTime too: it ended this call
            failed = raised(error, self._files, self._entry)
        reply = read_reply(*_crossed(reply_frame(failed)), 0.0)
        assert isinstance(reply, Raised)
        return reply


class InProcessSandbox:
    """Opens InProcessSessions; `endings` makes a call of a named function end its session.

    cpu_seconds: of the processor, that one call may take, for files that may never end; only in a main thread.
    """

    level = "in-process"

    def __init__(self, cpu_seconds: float | None = None, /, **endings: Stopped) -> None:
        self._endings = endings
        self._cpu_seconds = cpu_seconds
        self.opened = 0

    @contextmanager
    def open(self, upload: Upload, limits: Limits) -> Iterator[InProcessSession]:
        """A session with the entry file loaded."""
        self.opened += 1
        yield InProcessSession(upload.entry.text, self._endings, self._cpu_seconds)

    def close(self) -> None:
        """Nothing is kept."""


def _one_by_one(tree: ast.Module, names: dict[str, Any]) -> None:
    """Run the statements again; one that raises costs no other."""
    for node in tree.body:
        with contextlib.suppress(Exception):
            exec(compile(ast.Module([node], []), "student.py", "exec"), names)


@contextmanager
def _importable(module: ModuleType) -> Iterator[None]:
    """The file's module is found under its name while it loads: dataclasses with postponed annotations look for it."""
    before = sys.modules.get(module.__name__)
    sys.modules[module.__name__] = module
    try:
        yield
    finally:
        if before is None:
            del sys.modules[module.__name__]
        else:
            sys.modules[module.__name__] = before


def upload(text: str, name: str = "student.py") -> Upload:
    """An upload of one file."""
    return Upload((SourceFile(name, text),))


def arrived(call: Call) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """The arguments and keywords of `call` as the other side has them."""
    try:
        return _copied(tuple(call.arguments)), _copied(dict(call.keywords))
    except _NotPlain:
        there = read_call(_crossed(call_frame(call))[1])
        return tuple(there.arguments), dict(there.keywords)


def returned(value: object, arguments: tuple[Any, ...]) -> Returned:
    """The reply that a function's value, and its arguments as they are now, make on this side."""
    try:
        return Returned(_copied(value), _copied(arguments))
    except _NotPlain:
        reply = read_reply(*_crossed(encode_returned(value, arguments)), 0.0)
        assert isinstance(reply, Returned)
        return reply


def _holds_kept(value: object) -> bool:
    if isinstance(value, (tuple, list)):
        return any(map(_holds_kept, value))
    if isinstance(value, dict):
        return any(map(_holds_kept, value.values()))
    return isinstance(value, Kept)


class _NotPlain(Exception):
    """A value that must cross as a frame."""


def _copied(value: Any, depth: int = 0) -> Any:
    """A copy as the wire makes it of plain arrays, numbers and short sequences of them. Raises _NotPlain of others."""
    kind = type(value)
    if depth > MAX_DEPTH:  # a list may hold itself
        raise _NotPlain
    if kind is np.ndarray and value.dtype in PLAIN_DTYPES:
        return np.array(value, order="C")
    if kind is np.float64:
        return float(value)
    if kind is float or value is None or kind is bool or kind is Kept:
        return value
    if kind in (tuple, list) and len(value) <= PLAIN_LENGTH:
        return kind([_copied(item, depth + 1) for item in value])
    if kind is dict and all(type(key) is str for key in value):
        return {key: _copied(item, depth + 1) for key, item in value.items()}
    if kind is int and -(1 << 63) <= value < 1 << 63:
        return value
    raise _NotPlain


@lru_cache(maxsize=256)
def _compiled(source: str) -> tuple[CodeType, ast.Module, tuple[Definition, ...]]:
    """The code of a file, its tree and the functions it defines. Raises SyntaxError."""
    tree = ast.parse(source)
    tree.body = [node for node in tree.body if not isinstance(node, NEVER_RUN)]
    definitions = [found for node in tree.body for found in of_statement(node)]
    return compile(tree, "student.py", "exec"), tree, tuple(definitions)


def _set_to_callables(tree: ast.Module, names: dict[str, Any]) -> Iterator[Definition]:
    """Names that are set to what can be called, as the real loader knows them."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Lambda) else ()
        for target in targets:
            if isinstance(target, ast.Name) and target.id in names:
                lines = node.lineno, node.end_lineno or node.lineno
                found = of_value(target.id, names[target.id], lines, {"student.py"})
                if found is not None:
                    yield found


@contextmanager
def _alarmed(cpu_seconds: float | None) -> Iterator[None]:
    """An alarm raises OutOfTime, if there is a limit to a call."""
    if cpu_seconds is None:
        yield
        return
    before = signal.signal(signal.SIGPROF, _out_of_time)
    try:
        yield
    finally:
        signal.signal(signal.SIGPROF, before)


class _Limited:
    """Sets the alarm for what runs longer than `cpu_seconds`; a class, for a generator takes twice as long."""

    def __init__(self, cpu_seconds: float | None) -> None:
        self._cpu_seconds = cpu_seconds

    def __enter__(self) -> None:
        if self._cpu_seconds is not None:
            signal.setitimer(signal.ITIMER_PROF, self._cpu_seconds)

    def __exit__(self, *_error: object) -> None:
        if self._cpu_seconds is not None:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _out_of_time(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime


def _crossed(frame: Frame) -> tuple[str, Value]:
    """The kind and value of a frame as the other side reads them."""
    body = b"".join(frame.chunks())[len(frame.head()) :]
    header = read_header(frame.header, frame.body_bytes)
    return header.kind, read_body(header, body)


def _line(error: BaseException) -> int:
    lines = []
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "student.py":
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    return lines[-1] if lines else 0
