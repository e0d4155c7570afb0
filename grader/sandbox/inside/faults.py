"""Turns an exception of a student's code into what may leave the sandbox: cut, and only about the student's files."""

import re
import sys
import types
from collections.abc import Callable, Collection

from grader.sandbox.inside.messages import MAX_LINE, MESSAGE_CHARACTERS, NAME_CHARACTERS, TRACE_LINES
from grader.sandbox.inside.wire import Raised

PYTHON_2 = ("Missing parentheses in call to 'print'", "Missing parentheses in call to 'exec'")
"""How Python 3 begins its complaint about a statement that only Python 2 knows."""

NEWER = re.compile(r"[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+[ \t]*\[|[ \t]*type[ \t]+\w+[^=(]*=")
"""A line of Python 3.12 that no older one reads: def first[T](x), class Layer[T], type Matrix = ..."""

F_STRING, TEMPLATE = (re.compile(rf"(?<![\w\"'])(?:{letter}r?|r{letter})[\"']", re.IGNORECASE) for letter in ("f", "t"))
"""Where a string begins that Python fills in, or a template string; not the letter alone within quotes."""

FENCE = "```"
"""What stands before and after code in a text; it comes along where code is copied from one."""

NO_MESSAGE = "(its message cannot be read)"

OUT_OF_MEMORY = Raised("MemoryError", "")
"""Made beforehand: while a MemoryError is handled its frames hold the memory, and there is none to say so with."""


def raised(error: BaseException, files: Collection[str], entry: str) -> Raised:
    """`error` as data. `files`: names of the submission's files; `entry`: the one whose line is given."""
    trace: list[str] = []
    line = 0
    # the base class's own attribute: a subclass may lie about it, or raise
    step: types.TracebackType | None = vars(BaseException)["__traceback__"].__get__(error)
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in files:
            found = step.tb_lineno or 0  # None where a code object was given numbers that Python cannot count on from
            trace.append(f"{code.co_filename}:{found} in {code.co_name}"[:NAME_CHARACTERS])
            if code.co_filename == entry:
                line = found
        step = step.tb_next
    return Raised(
        _name(error),
        _guarded(lambda: str(error), MESSAGE_CHARACTERS, NO_MESSAGE),
        line if 0 <= line <= MAX_LINE else 0,  # a traceback can be made by hand
        tuple(trace[-TRACE_LINES:]),
    )


def syntax_error(error: SyntaxError, source: str = "") -> Raised:
    """A file that does not parse; indentation errors are syntax errors too. source: its text, for its fences."""
    message = str(error.msg)[:MESSAGE_CHARACTERS]
    line = error.lineno or 0
    text = source.split("\n")[line - 1] if 0 < line <= source.count("\n") + 1 else ""
    message = _of_another_python(message, text)
    fence = _fence(source, line)
    if fence:
        message = f"{message}; line {fence} is a fence of Markdown ({FENCE}), no Python: hand in the code alone"
    return Raised("SyntaxError", message, max(line, 0), (f"{error.filename}:{line}",))


def _of_another_python(message: str, line: str) -> str:
    """The message of a syntax error, with what is to be known where another Python may read the line."""
    if message.startswith(PYTHON_2):
        return f"this is Python 2, and your code is run by Python 3: {message}"
    own = f"your code is run by Python 3.{sys.version_info.minor}"
    if message.startswith("multiple exception types"):
        return f"{message}: without them Python 2 and Python 3.14 read it, and {own}"
    if sys.version_info < (3, 12) and NEWER.match(line):
        return f"{message}: this is Python 3.12, and {own}"
    if sys.version_info < (3, 12) and F_STRING.search(line) and message.startswith(("f-string", "unterminated string")):
        allows = "the same quotes, backslashes, comments and new lines within the braces of an f-string"
        return f"{message}; only Python 3.12 and newer allow {allows}, and {own}"
    if sys.version_info < (3, 14) and TEMPLATE.search(line) and message == "invalid syntax":
        return f"{message}; only Python 3.14 and newer have strings that begin with t, and {own}"
    return message


def _fence(source: str, line: int) -> int:
    """The line of a Markdown fence that keeps a file from being parsed, or that follows on prose that does; else 0."""
    told = [(number, text) for number, text in enumerate(source.split("\n"), 1) if text.strip()]
    fences = [number for number, text in told if text.startswith(FENCE)]  # in a docstring it is indented
    if line in fences:
        return line
    if not fences or told[0][1].startswith(('"', "'")):  # the text of the module, which may hold anything
        return 0
    return fences[0] if told[0][0] == line < fences[0] else 0


def _name(error: BaseException) -> str:
    # NumPy raises a subclass with a private name; the supervisor looks for this one
    if issubclass(type(error), MemoryError):  # isinstance would ask the error itself, which may raise
        return "MemoryError"
    return _guarded(lambda: type(error).__name__, NAME_CHARACTERS, "Exception")


def _guarded(say: Callable[[], str], characters: int, otherwise: str) -> str:
    """What the student's object says of itself, if it does; a subclass of str is reduced to its characters."""
    try:
        return str.__getitem__(say(), slice(0, characters))
    except BaseException:  # a __str__ may raise anything, SystemExit too
        return otherwise
