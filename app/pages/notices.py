"""What is said on the next page after something was saved: the words are fixed, an address only names which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import RedirectResponse

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.models import CourseAssignment
from submissions.policy import closes_at

NAMES = "done"
"""The word in an address that says which notices the page shows."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and whether it warns of what may not have been meant."""

    sentence: str
    warns: bool = False


NOTICES: Mapping[str, Notice] = MappingProxyType(
    {
        "saved": Notice(gettext_noop("Saved.")),
        "added": Notice(gettext_noop("The assignment is added.")),
        "removed": Notice(gettext_noop("The assignment is removed.")),
        "copied": Notice(gettext_noop("This is the copy. Look at its dates before you invite anybody.")),
        "given": Notice(gettext_noop("The extension is given.")),
        "taken-back": Notice(gettext_noop("The extension is taken back.")),
        "disconnected": Notice(gettext_noop("The course is disconnected.")),
        "linked": Notice(gettext_noop("The two accounts are one now.")),
        "left": Notice(gettext_noop("They are taken out of the course.")),
        "past": Notice(gettext_noop("This due date is in the past."), warns=True),
        "over": Notice(
            gettext_noop("This is in the past: as it stands, students can hand in nothing for it any more."), warns=True
        ),
        "over-for-them": Notice(
            gettext_noop("This is in the past: even so the student can hand in nothing any more."), warns=True
        ),
        "some-over": Notice(
            gettext_noop("Some of its due dates are in the past: set those assignments up anew."), warns=True
        ),
    }
)


def notices_of(request: Request) -> tuple[Notice, ...]:
    """What this page says first, in the reader's language."""
    named = dict.fromkeys(request.query_params.getlist(NAMES))
    known = (NOTICES[name] for name in named if name in NOTICES)
    return tuple(Notice(_(notice.sentence), notice.warns) for notice in known)


def saved(path: str, *names: str) -> RedirectResponse:
    """On to the page at `path`, an anchor in it kept, with these notices on it."""
    page, anchor, place = path.partition("#")
    said = "&".join(f"{NAMES}={name}" for name in names if name)
    return RedirectResponse(f"{page}?{said}{anchor}{place}", 303)


def past(asked: CourseAssignment, now: datetime) -> str:
    """The notice of an assignment that is due, or closed, before it is even asked like this; empty for none."""
    end = closes_at(asked)
    if end is not None and end <= now:
        return "over"
    return "past" if asked.due_at is not None and asked.due_at <= now else ""
