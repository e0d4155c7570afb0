"""A session in which one change of the student's code is made before its calls."""

from collections.abc import Sequence
from dataclasses import replace

from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Session, Stopped
from grader.sandbox.inside.runner import CHANGES

PREPARE_SECONDS = 2.0
"""For listing the changes of a file: of a long one there are ten thousand, which takes a fifth of that."""


class ChangedSession:
    """A Session of the file with change `number`, until another one is made. ended: whether the process is gone.

    call_seconds: of wall time, for each call.
    """

    def __init__(self, session: Session, number: int, call_seconds: float) -> None:
        self._session = session
        self._number = number
        self._seconds = call_seconds
        self._made = False
        self.ended = False

    @property
    def loaded(self) -> Loaded | Raised | Stopped:
        """What loading the file as it was written gave."""
        return self._session.loaded

    @property
    def printed(self) -> str:
        """Prints so far."""
        return self._session.printed

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Make the calls; where the changed definition cannot be made, each raises what it raised."""
        calls = [replace(call, wall_seconds=self._seconds) for call in calls]
        if self._made:
            replies = self._session.run(calls)
        else:
            first, *replies = self._session.run([_make(self._number), *calls])
            self._made = True
            if not isinstance(first, Returned):
                replies = [first] * len(calls)
        self.ended = self.ended or any(isinstance(reply, Stopped) for reply in replies)
        return replies


def prepared(session: Session, names: Sequence[str], spared: Sequence[str], most: int) -> int:
    """How many changes there are of these definitions and what they call; 0 where that cannot be told."""
    call = Call(f"{CHANGES}.prepare", (list(names), list(spared), most), wall_seconds=PREPARE_SECONDS)
    (reply,) = session.run([call])
    told = reply.value if isinstance(reply, Returned) else 0
    return min(told, most) if type(told) is int and told > 0 else 0


def described(session: Session, number: int) -> tuple[str, int, str, str] | None:
    """Kind, line, text and file of a change; None where that cannot be told."""
    (reply,) = session.run([Call(f"{CHANGES}.describe", (number,))])
    match reply.value if isinstance(reply, Returned) else None:
        case (str(kind), int(line), str(text), str(file)) if type(line) is int:  # True is an int too
            return kind, line, text, file
    return None


def _make(number: int) -> Call:
    return Call(f"{CHANGES}.make", (number,))
