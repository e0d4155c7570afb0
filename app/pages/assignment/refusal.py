"""Why a file is not taken, in words, with the status of the answer."""

from dataclasses import dataclass, field

from app.errors import BadForm, BodyTooLarge, TooManyRequests
from app.pages.numbers import size
from app.problems import problem_of
from grader.translation import gettext as _
from submissions.errors import RejectedUpload


@dataclass(frozen=True, slots=True)
class Refusal:
    """All reasons, and what that means for the attempt. in_file: the file itself is to blame."""

    title: str
    reasons: tuple[str, ...]
    comfort: str = field(default_factory=lambda: _("Nothing was handed in and no attempt is used."))
    in_file: bool = False


def refusal(
    error: BadForm | BodyTooLarge | RejectedUpload | TooManyRequests,
) -> tuple[int, Refusal]:
    """The status and the words for an error."""
    problem = problem_of(error)
    return int(problem.status) if problem else 422, _words(error)


def _words(error: BadForm | BodyTooLarge | RejectedUpload | TooManyRequests) -> Refusal:
    if isinstance(error, RejectedUpload):
        reasons = tuple(reason.sentence for reason in error.reasons)
        return Refusal(_("This file cannot be graded"), reasons, in_file=True)
    if isinstance(error, TooManyRequests):
        return Refusal(_(error.title), (error.sentence,))
    if isinstance(error, BodyTooLarge):
        return Refusal(_("Nothing was uploaded"), (too_large(error.limit),))
    return Refusal(_("Nothing was uploaded"), (error.sentence,))


def closed(reason: str) -> Refusal:
    """The moment is the reason, and no file of theirs."""
    return Refusal(_("Uploads are closed for you"), (reason,))


def too_large(most_bytes: int) -> str:
    """What a file that is too large is told, with the size as the upload form says it."""
    return _(
        "This is larger than {size}, the most that is taken. Hand in the source only, without data sets and outputs.",
        size=size(most_bytes),
    )
