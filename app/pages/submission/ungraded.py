"""Why an attempt has no grade, in words: the course's fault, the service's, or nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.faults import Fault, fault_of
from submissions.models import Grading, State
from submissions.receiving import BY_A_NEWER_ONE


@dataclass(frozen=True, slots=True)
class Ungraded:
    """fault: "course", "service", or empty for nobody's. reason: what happened. comfort: what it costs: nothing.

    next: what happens now.
    """

    fault: str
    reason: str
    comfort: str
    next: str


CANCELLED = Ungraded(
    "",
    gettext_noop("this grading was cancelled."),
    gettext_noop("Your attempt is not used."),
    gettext_noop("Your upload is kept as it came. Staff can have it graded again; you need not send it a second time."),
)
SUPERSEDED = Ungraded(
    "",
    gettext_noop("you handed in again while this upload waited, and here only the newest is graded."),
    gettext_noop("This one used no attempt."),
    gettext_noop("Your upload is kept as it came."),
)
BY_FAULT: Mapping[Fault, Ungraded] = MappingProxyType(
    {
        Fault.COURSE: Ungraded(
            Fault.COURSE,
            gettext_noop("this assignment cannot grade anybody as it is."),
            gettext_noop(
                "Its material is missing or has a fault. Your attempt is not used and staff can see what is wrong."
            ),
            gettext_noop(
                "Your upload is kept as it came. When the assignment is mended, staff have it graded; you need not "
                "send it a second time."
            ),
        ),
        Fault.SERVICE: Ungraded(
            Fault.SERVICE,
            gettext_noop("our grading stopped before it had a result."),
            gettext_noop("Your attempt is not used and staff know."),
            gettext_noop(
                "Your upload is kept as it came. Staff can have it graded again; you need not send it a second time."
            ),
        ),
    }
)


def ungraded_words(grading: Grading) -> Ungraded:
    """The words for a grading that ended without a report."""
    if grading.state is State.FAILED:
        words = BY_FAULT[fault_of(grading.error)]
    else:
        words = SUPERSEDED if grading.error == BY_A_NEWER_ONE else CANCELLED
    return Ungraded(words.fault, _(words.reason), _(words.comfort), _(words.next))
