"""What was done in a course and by whom, for those who are responsible for it: the audit trail as sentences."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import membership
from app.dependencies import Ctx, CurrentSession
from app.errors import BadForm
from app.pages.course.history_names import history_names
from app.pages.course.history_words import sentence
from app.pages.course.told_event import ToldEvent
from app.pages.render import render
from app.pages.times import day
from app.permissions import Action
from grader.translation import gettext as _

AT_A_TIME = 50
LARGEST = 2**31 - 1  # number of an event in PostgreSQL, which refuses to look for a larger one


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody did, and when."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day on the course's clock on which something was done, the last first."""

    name: str
    lines: tuple[Line, ...]


def make_router() -> APIRouter:
    """/courses/{course}/history."""
    router = APIRouter()
    router.add_api_route("/courses/{course}/history", show, methods=["GET"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, course: str, before: str = "") -> Response:
    """The newest lines, or those that came before the event of that number."""
    now = context.clock()
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.SET_UP_COURSE)
        found = tx.events.newest_of_course(member.course.id, _number(before), AT_A_TIME + 1)
        shown = found[:AT_A_TIME]
        names = history_names(tx, member.course, shown)
    zone = member.course.time_zone
    lines = [Line(event.at, sentence(ToldEvent(event, names, zone, now))) for event in shown]
    return render(
        request,
        "history.html",
        login=login,
        course=member.course,
        days=days(lines, zone, now),
        before=before,
        older=shown[-1].id if len(found) > AT_A_TIME else None,
        now=now,
    )


def days(lines: list[Line], time_zone: str, now: datetime) -> list[Day]:
    """The lines in their order, under the day that it was where the course is."""
    by_day = groupby(lines, lambda line: line.at.astimezone(ZoneInfo(time_zone)).date())
    return [Day(day(of_day[0].at, time_zone, now), of_day) for _date, same in by_day if (of_day := tuple(same))]


def _number(before: str) -> int | None:
    if not before:
        return None
    digits = before.isascii() and before.isdigit() and len(before) <= len(str(LARGEST))
    if not digits or int(before) > LARGEST:
        raise BadForm(_("“before” is the number of an event, as the link “Older” has it."), "before")
    return int(before)
