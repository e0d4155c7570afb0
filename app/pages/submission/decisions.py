"""What staff decided and wrote about a submission: the grade it has by that, the comments, and who did what when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from app.access import SeenSubmission
from app.pages.numbers import points
from app.permissions import Action
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.marking import Comment, Grade, RegradeState
from submissions.models import Attempt, Event
from submissions.repository.retention import REMOVED

WORDS: Mapping[str, Callable[[Event], str]] = MappingProxyType(
    {
        "submission.override": lambda event: _(
            "{by} decided that this counts {points} of {maximum}: {comment}",
            by=_by(event),
            points=points(event.detail["points"]),
            maximum=points(event.detail["maximum"]),
            comment=event.detail["comment"],
        ),
        "submission.override_taken_back": lambda event: _("{by} took that decision back.", by=_by(event)),
        "submission.asked": lambda event: _("{by} asked about this result.", by=_by(event)),
        "submission.answered": lambda event: _("{by} answered the question.", by=_by(event)),
        "submission.commented": lambda event: _("{by} wrote a comment.", by=_by(event)),
        "submission.graded_again": lambda event: _("{by} had this graded again.", by=_by(event)),
        "regrade.begun": lambda event: _("{by} tried a regrade of this.", by=_by(event)),
        "regrade.applied": lambda event: _("{by} applied a regrade.", by=_by(event)),
        "regrade.discarded": lambda event: _("{by} discarded that regrade.", by=_by(event)),
        "regrade.undone": lambda event: _("{by} undid a regrade.", by=_by(event)),
    }
)
"""The sentence of each kind of event that a trail shows."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the page of a submission says of staff's part in it; `trail` is empty for students.

    may_regrade: also whether its file is still here. tries_regrade: whether one of the assignment is tried already.
    """

    grade: Grade | None
    comments: tuple[Comment, ...]
    trail: tuple[tuple[datetime, str], ...]
    may_comment: bool
    may_override: bool
    may_regrade: bool
    tries_regrade: bool


def decisions_of(tx: Transaction, found: SeenSubmission, attempts: list[Attempt]) -> Decisions:
    """Reads it; `attempts` are the author's."""
    mine = [attempt for attempt in attempts if attempt.submission.id == found.submission.id]
    staff = found.membership.may(Action.SEE_ALL_SUBMISSIONS)
    regrades = found.membership.may(Action.REGRADE) and found.submission.sha256 != REMOVED
    known = tx.regrades.of(found.assignment.id) if regrades else []
    events = tx.events.of_submission(found.submission.id) if staff else []
    return Decisions(
        grade=mine[0].grade if mine else None,
        comments=tuple(tx.marks.comments(found.submission.id)),
        trail=tuple((event.at, WORDS[event.kind](event)) for event in events if event.kind in WORDS),
        may_comment=found.membership.may(Action.COMMENT),
        may_override=found.membership.may(Action.OVERRIDE),
        may_regrade=regrades,
        tries_regrade=any(one.state is RegradeState.PREVIEW for one in known),
    )


def _by(event: Event) -> str:
    return str(event.detail["by"])
