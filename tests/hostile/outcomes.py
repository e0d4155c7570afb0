"""How an attack may end: one outcome each, with the verdict its function gets and whether the rest is graded."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pytest

from grader.report import Verdict
from grader.sandbox import Raised, Reply, Returned, Stopped
from grader.sandbox.inside.wire import Value


@dataclass(frozen=True)
class Raises:
    """The function raised this type, with this in its message. at: another type at the levels named."""

    type_name: str
    message: str = ""
    verdict: Verdict = Verdict.RAISED
    rest: bool = True
    at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stops:
    """The process was ended with this verdict, and this is said about it. `rest`: whether other parts are graded."""

    verdict: Verdict
    detail: str = ""
    rest: bool = True


@dataclass(frozen=True)
class Gives:
    """The call returned exactly this, which is no softmax."""

    value: Value
    verdict: Verdict = Verdict.WRONG
    rest: bool = True


@dataclass(frozen=True)
class Scores:
    """What the call gave is its own affair; what counts is the verdict, and the code of its diagnosis.

    also: other codes that are as true, where what lay in the memory decides.
    """

    verdict: Verdict
    code: str
    rest: bool = True
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Either:
    """One of two outcomes, by who is faster or by what lay in the memory; both are harmless."""

    one: Stops
    other: Gives | Raises
    rest: bool = True


Outcome = Raises | Stops | Gives | Scores | Either

REFUSED = Raises("PermissionError")
NOT_THERE = Raises("PermissionError", at={"full": "FileNotFoundError"})
"""Reading outside the interpreter: forbidden at the level container, and at the level full there is nothing to read."""

FORBIDDEN = Stops(Verdict.FORBIDDEN)
TOO_SLOW = Stops(Verdict.TIME_LIMIT, "The call took longer than 0.3 s.")
TOO_SLOW_AT_LOAD = Stops(Verdict.TIME_LIMIT, "Loading the file took longer than 0.5 s.", rest=False)
TOO_SLOW_IN_ALL = Scores(Verdict.TIME_LIMIT, "TIME_LIMIT")
HARMLESS = Gives(1.0)


def unreadable(reason: str = "") -> Stops:
    """The bytes are no answer, for this reason."""
    return Stops(Verdict.NO_RESULT, f"The answer could not be read: {reason}")


def chosen(expected: Outcome, reply: Reply | None) -> Raises | Stops | Gives | Scores:
    """The outcome to hold `reply` against, where two are right."""
    if isinstance(expected, Either):
        return expected.one if isinstance(reply, Stopped) else expected.other
    return expected


def compare(expected: Raises | Stops | Gives | Scores, reply: Reply | None, level: str) -> None:
    """Fail unless `reply` is the outcome at this level; None if the attack was never asked."""
    match expected, reply:
        case Raises(type_name, message), Raised():
            assert reply.type_name == expected.at.get(level, type_name)
            assert message in reply.message
        case Stops(verdict, detail), Stopped():
            assert reply.verdict is verdict
            assert detail in reply.detail
        case Gives(value), Returned():
            assert type(reply.value) is type(value)
            np.testing.assert_equal(reply.value, value)
        case Scores(), _:
            return
        case _:
            pytest.fail(f"expected {expected}, got {reply}")
