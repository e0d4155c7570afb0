"""How long a submission may keep us waiting in all: a call just under its own limit may not be made a hundred times."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.report import Verdict
from grader.sandbox import Call, Loaded, Raised, Reply, Session, Stopped
from reference.spec import Limits, Part, Training

CURVE_FACTOR = 2.0
"""A training is run once in full and again, shorter, for its curve: together less than twice."""


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
    trainings = sum(check.wall_seconds for check in part.checks if isinstance(check, Training))
    return Patience("The part", limits.part_seconds + CURVE_FACTOR * trainings, grading)


class PatientSession:
    """A Session whose calls end when the patience does; the time to load is spent from it too."""

    def __init__(self, session: Session, patience: Patience, limits: Limits) -> None:
        self._session = session
        self._patience = patience
        self._limits = limits
        self._end: Stopped | None = None
        patience.spend(session.loaded.seconds)

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave."""
        return self._session.loaded

    @property
    def printed(self) -> str:
        """Prints so far."""
        return self._session.printed

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls in order; after an ending every remaining reply is that ending."""
        return [self._one(call) for call in calls]

    def _one(self, call: Call) -> Reply:
        if self._end is not None:
            return self._end
        span = self._patience.shortest()
        own = self._limits.call_seconds if call.wall_seconds is None else call.wall_seconds
        spent = Stopped(Verdict.TIME_LIMIT, f"{span.what} took longer than {span.seconds:g} s.", span.seconds)
        if span.left == 0.0:
            self._end = spent
            return spent
        short = span.left < own
        (reply,) = self._session.run([replace(call, wall_seconds=span.left) if short else call])
        self._patience.spend(reply.seconds)
        if isinstance(reply, Stopped):
            self._end = spent if short and reply.verdict is Verdict.TIME_LIMIT and span.left == 0.0 else reply
            return self._end
        return reply
