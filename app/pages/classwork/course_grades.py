"""The gradebook of a whole course for staff: people by assignments with the total, on a page and as CSV."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import membership
from app.dependencies import Ctx, CurrentSession
from app.gradebooks.course_csv import course_csv
from app.gradebooks.exports import CSV_TYPE, attached
from app.pages.classwork.grade_order import NAME, TOTAL, in_order, order_asked
from app.pages.render import render
from app.pages.slices import slice_of
from app.permissions import Action
from submissions.standings import course_rows


def make_router() -> APIRouter:
    """/courses/{course}/grades and the same as a file."""
    router = APIRouter()
    router.add_api_route("/courses/{course}/grades", show, methods=["GET"])
    router.add_api_route("/courses/{course}/grades.csv", as_csv, methods=["GET"])
    return router


def show(
    request: Request,
    context: Ctx,
    login: CurrentSession,
    course: str,
    sort: str = NAME,
    order: str = "",
    first: int = 1,
) -> Response:
    """Some people at a time, from number `first` on. What the order does not need is read of those shown only."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.SEE_GRADES)
        asked = tx.courses.assignments(member.course.id)
        people = tx.courses.learners(member.course.id)
        chosen = order_asked(sort, order, asked)
        found = {}
        if chosen.by != NAME:
            found = tx.gradings.standings(member.course, assignment=None if chosen.by == TOTAL else chosen.by)
        page = slice_of(in_order(people, asked, found, chosen), first)
        if chosen.by != TOTAL:
            found = tx.gradings.standings(member.course, [user.id for user in page.shown])
    return render(
        request,
        "course_grades.html",
        login=login,
        course=member.course,
        assignments=asked,
        page=page,
        rows=course_rows(page.shown, asked, found),
        order=chosen,
        may_export=member.may(Action.EXPORT_GRADES),
    )


def as_csv(context: Ctx, login: CurrentSession, course: str) -> Response:
    """Everybody, for a spreadsheet."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.EXPORT_GRADES)
        asked = tx.courses.assignments(member.course.id)
        people = tx.courses.learners(member.course.id)
        found = tx.gradings.standings(member.course)
    text = "\ufeff" + course_csv(asked, course_rows(people, asked, found))  # without the mark, Excel reads Latin-1
    return attached(text, f"{member.course.slug}-grades.csv", CSV_TYPE)
