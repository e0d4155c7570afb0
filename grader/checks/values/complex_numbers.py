"""Tells a complex step from a derivative that was worked out: complex numbers are computed on the way to it.

The words of a file can be written in too many ways to be searched for. So a right gradient is asked for once more, of
arrays that notice it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.checks.subject import Subject
from grader.probes import SCALE_1_AGAIN, draw
from grader.report import Note
from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Session, Stopped
from grader.sandbox.inside.runner import COMPLEXES
from grader.sandbox.inside.wire import Kept, Value
from reference.spec import Function, Operation

SLOWER = 10.0
"""How much slower a loop over such arrays may be. Whom the time of a call would not last for that is not asked: a call
that is stopped ends the process in which the next check is made."""


def flags(subject: Subject, function: Function, replies: Sequence[Reply]) -> tuple[Note, ...]:
    """A flag where complex numbers are seen; whatever else comes of it is nobody's concern.

    replies: to the probes that are graded. A convolution may be worked out with Fourier transforms. Where nobody reads
    it, it is not asked.
    """
    took = sum(reply.seconds for reply in replies if isinstance(reply, Returned))
    if subject.points_only or function.operation is Operation.CONVOLUTION:
        return ()
    if SLOWER * took > subject.assignment.limits.call_seconds:
        return ()
    probe = subject.settled(function, draw(function, "complex", 1.0, SCALE_1_AGAIN, subject.rng("complex")))
    session = _Noticing(subject.student.session)
    replace(subject.student, session=session).call(function.name, [list(probe.arguments.values())])
    return (Note("COMPLEX_NUMBERS", {}, subject.lines(function.name)),) if session.seen else ()


@dataclass(slots=True)
class _Noticing:
    """A session whose calls are given arrays that notice complex numbers. seen: whether one did."""

    session: Session
    seen: bool = False

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file gave."""
        return self.session.loaded

    @property
    def printed(self) -> str:
        """Prints so far."""
        return self.session.printed

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls, with what is before and after them in the same message."""
        made: list[Call] = []
        watched = [_watched(call, made) for call in calls]
        *replies, told = self.session.run([*made, *watched, Call(f"{COMPLEXES}.seen")])
        self.seen = self.seen or (isinstance(told, Returned) and told.value is True)
        return replies[len(made) :]


def _watched(call: Call, made: list[Call]) -> Call:
    """The call with arrays that were made before it, by the calls that are added to `made`."""

    def kept(value: Value) -> Value:
        if not isinstance(value, np.ndarray) or value.dtype.kind != "f":
            return value
        name = f"{COMPLEXES}{len(made)}"
        made.append(Call(f"{COMPLEXES}.noticing", (value,), keep=name))
        return Kept(name)

    steps = tuple(_watched(step, made) for step in call.steps)
    return replace(call, arguments=tuple(map(kept, call.arguments)), steps=steps)
