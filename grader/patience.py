"""How long a submission may keep us waiting in all: a call just under its own limit may not be made a hundred times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Session, Stopped
from reference.spec import Descent, Limits, Part, Training

CURVE_RUNS = 1
"""Beside its full runs a training is run shorter, for its curve: together less than once more."""


@dataclass(slots=True)
class Patience:
    """What is left of a span of seconds, and of the span it lies in. what: "The part", for a sentence."""

    what: str
    seconds: float
    within: "Patience | None" = None
    used: float = 0.0

    def spend(self, seconds: float) -> None:
        """Take `seconds` from this span and from the one around it."""
        self.used += seconds
        if self.within is not None:
            self.within.spend(seconds)

    def shortest(self) -> "Patience":
        """The span of which least is left."""
        around = self.within.shortest() if self.within is not None else self
        return around if around.left < self.left else self

    @property
    def left(self) -> float:
        """Seconds until this span is used up; never negative."""
        return max(0.0, self.seconds - self.used)


def of_grading(limits: Limits) -> Patience:
    """For one whole grading."""
    return Patience("The whole grading", limits.grading_seconds)


def of_part(part: Part, limits: Limits, grading: Patience) -> Patience:
    """For one part: what every part has, and for a training what its assignment gives it."""
    trainings = sum(
        (check.runs + CURVE_RUNS) * check.wall_seconds for check in part.checks if isinstance(check, Training)
    )
    descents = sum(check.wall_seconds for check in part.checks if isinstance(check, Descent))
    return Patience("The part", limits.part_seconds + trainings + descents, grading)


class PatientSession:
    """A Session whose calls end when the patience does; the time to load is spent from it with the first of them.

    longest: seconds that no call may exceed, whatever its own limit.
    """

    def __init__(self, session: Session, patience: Patience, limits: Limits, longest: float | None = None) -> None:
        self._session = session
        self._patience = patience
        self._limits = limits
        self._longest = longest
        self._end: Stopped | None = None
        self._load_counted = False

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave."""
        return self._session.loaded

    @property
    def printed(self) -> str:
        """Prints so far."""
        return self._session.printed

    def under(self, patience: Patience, longest: float | None = None) -> "PatientSession":
        """The same process under another patience; `longest` seconds at most for any of its calls."""
        other = PatientSession(self._session, patience, self._limits, longest)
        other._end, other._load_counted = self._end, self._load_counted
        return other

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls in order; after an ending every remaining reply is that ending."""
        replies: list[Reply] = []
        while len(replies) < len(calls):
            replies += self._some(calls[len(replies) :])
        return replies

    def _some(self, calls: Sequence[Call]) -> list[Reply]:
        """The first of `calls` that there is time for, sent together; the last may take what is left."""
        if self._end is not None:
            return [self._end] * len(calls)
        span = self._patience.shortest()
        spent = Stopped(Verdict.TIME_LIMIT, f"{span.what} took longer than {span.seconds:g} s.", span.seconds)
        taken, left = 0, span.left
        while taken < len(calls) and left > 0.0:
            left -= self._seconds(calls[taken])
            taken += 1
        if taken == 0:
            self._end = spent
            return [spent] * len(calls)
        short = left < 0.0 and taken == 1
        given = [replace(calls[0], wall_seconds=span.left)] if short else self._hurried(calls[:taken])
        replies = self._session.run(given)
        if not self._load_counted:  # and not asked for before: the first calls travel together with the submission
            self._load_counted = True
            self._patience.spend(self._session.loaded.seconds)
        self._patience.spend(sum(reply.seconds for reply in replies if not isinstance(reply, Stopped)))
        ended = next((reply for reply in replies if isinstance(reply, Stopped)), None)
        if ended is not None:
            self._patience.spend(ended.seconds)
            self._end = spent if short and ended.verdict is Verdict.TIME_LIMIT else ended
            replies = [self._end if isinstance(reply, Stopped) else reply for reply in replies]
        return replies

    def _hurried(self, calls: Sequence[Call]) -> Sequence[Call]:
        if self._longest is None:
            return calls
        return [replace(call, wall_seconds=self._seconds(call)) for call in calls]

    def _seconds(self, call: Call) -> float:
        own = self._limits.call_seconds if call.wall_seconds is None else call.wall_seconds
        return own if self._longest is None else min(own, self._longest)
