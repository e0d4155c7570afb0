"""The wall between a student's code and everything else, seen from the trusted side.

A Sandbox opens Sessions; a Session is one locked-down process that has loaded one submission and answers calls. Values
go in and come out as raw arrays; expected answers, tolerances and test labels stay on this side. How a session ended is
decided here from who acted (our clock, our byte counter, the kernel's signal), never from what the process says.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from grader.report import Verdict
from grader.sandbox.inside.wire import Call, Loaded, Raised, Returned
from grader.upload import Upload
from reference.spec import Limits


@dataclass(frozen=True, slots=True)
class Stopped:
    """The process ended before it answered. `verdict` is one of TIME_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT, FORBIDDEN,
    CRASHED, NO_RESULT; `detail` is one plain line for the student, ours, never theirs."""

    verdict: Verdict
    detail: str
    seconds: float = 0.0


Reply = Returned | Raised | Stopped


class Session(Protocol):
    """One process that has loaded one submission."""

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave; only after Loaded are calls answered.

        Raises SandboxBroken for a fault of ours.
        """
        ...

    @property
    def printed(self) -> str:
        """What the student's code wrote to stdout and stderr so far, decoded with replacement, cut at the limit."""
        ...

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls in order; one reply each. After an ending the remaining replies are that same Stopped.

        Raises SandboxBroken for a fault of ours.
        """
        ...


class Sandbox(Protocol):
    """Opens sessions at one level: full, container or unsafe."""

    @property
    def level(self) -> str:
        """The name of the level, as it stands in every report."""
        ...

    def open(self, upload: Upload, limits: Limits) -> AbstractContextManager[Session]:
        """A session with `upload` loaded. Raises SandboxBroken for a fault of ours."""
        ...

    def close(self) -> None:
        """Give back what is kept ready for the next session; safe to call twice."""
        ...


__all__ = ["Call", "Loaded", "Raised", "Reply", "Returned", "Sandbox", "Session", "Stopped"]
