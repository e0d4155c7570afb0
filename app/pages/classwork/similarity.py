"""Which work of an assignment is alike: the pairs worth a look, and two sources side by side. A hint to staff."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from app.access import asked_in
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import BadForm, NotFound
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.pages.source.coloured_files import coloured_files
from app.pages.source.coloured_source import Excerpt
from app.permissions import Action
from app.similarity.course import Work, compared, counting_submissions, works_of
from app.similarity.pairs import FEWEST_HOLDERS, LEAST_SHARE, MOST_HOLDERS, MOST_PAIRS
from grader.translation import gettext as _
from submissions.database import Transaction
from submissions.models import Course, LoginSession, Submission, User

FEWEST = 2
"""Pieces of work that there must be to compare any."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two pieces: whose it is, which attempt, and its files with the shared lines marked."""

    user: User
    submission: Submission
    files: tuple[Excerpt, ...]


def make_router() -> APIRouter:
    """{assignment}/similarity and what belongs to it."""
    router = APIRouter()
    path = f"{assignment_path('{course}', '{assignment}')}/similarity"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(path, begin, methods=["POST"])
    router.add_api_route(f"{path}/{{first}}/{{second}}", show_pair, methods=["GET"])
    return router


def show(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """The pairs of the last comparison, the most alike first."""
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.COMPARE)
        kept = tx.examinations.comparison(asked.id)
        people = _people(tx, member.course)
        known = {one.submission.id: people.get(one.submission.user_id) for one in tx.gradings.attempts(asked.id)}
        works = len(counting_submissions(tx, asked))
    listed = kept.found["pairs"] if kept else ()
    pairs = [
        (known[pair["first"]], known[pair["second"]], pair)
        for pair in listed
        if known.get(pair["first"]) and known.get(pair["second"])
    ]
    return render(
        request,
        "similarity.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        kept=kept,
        pairs=pairs,
        works=works,
        fewest=FEWEST,
        most=MOST_PAIRS,
        more=len(listed) == MOST_PAIRS,
        least_share=LEAST_SHARE,
        holders=(FEWEST_HOLDERS, MOST_HOLDERS),
        most_holders=kept.found.get("most_holders") if kept else None,  # comparisons of earlier versions lack it
        now=context.clock(),
    )


async def begin(
    request: Request, context: Ctx, login: CurrentSession, form: SessionForm, course: str, assignment: str
) -> Response:
    """Compare what counts of everybody now; a few milliseconds a student."""
    await run_in_threadpool(_compare, context, login, course, assignment)
    return RedirectResponse(f"{assignment_path(course, assignment)}/similarity", 303)


def show_pair(
    request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str, first: str, second: str
) -> Response:
    """Two sources side by side, with the lines marked that they share and few others have."""
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.COMPARE)
        kept = tx.examinations.comparison(asked.id)
        found = [
            one for one in (kept.found["pairs"] if kept else ()) if (one["first"], one["second"]) == (first, second)
        ]
        if not found:
            raise NotFound(_("The last comparison lists no such pair."))
        (pair,) = found
        people = _people(tx, member.course)
        sides = [_side(tx, people, pair[name], pair[f"{name}_lines"]) for name in ("first", "second")]
    return render(
        request,
        "similarity_pair.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        pair=pair,
        sides=sides,
        now=context.clock(),
    )


def _compare(context: Context, login: LoginSession, course: str, assignment: str) -> None:
    with context.database.reading() as tx:
        member, asked = asked_in(tx, login.user, course, assignment, Action.COMPARE)
        works = works_of(tx, asked)
    if len(works) < FEWEST:
        raise BadForm(_("There must be work of two students to compare."))
    found = compared(works, context.catalog.get(asked.slug).starter)
    now = context.clock()
    with context.database.transaction() as tx:
        tx.examinations.keep_comparison(asked.id, asdict(found), login.user.id, now)
        detail = {"assignment": asked.id, "pairs": len(found.pairs)}
        tx.events.add("work.compared", now, user_id=login.user.id, course_id=member.course.id, detail=detail)


def _people(tx: Transaction, course: Course) -> Mapping[str, User]:
    """Whoever is in the course now, by id: whoever left it is not shown."""
    return {one.user.id: one.user for one in tx.courses.people(course)}


def _side(tx: Transaction, people: Mapping[str, User], submission_id: str, spans: Sequence[Sequence[int]]) -> Side:
    submission = tx.submissions.get(submission_id)
    user = people.get(submission.user_id) if submission else None
    if submission is None or user is None:
        raise NotFound(_("The last comparison lists no such pair."))
    lines: Mapping[int, set[int]] = {
        file: {line for one, begin, end in spans if one == file for line in range(begin, end + 1)}
        for file in {one for one, *_lines in spans}
    }
    files = coloured_files(Work(submission.filename, tx.submissions.source(submission_id)).files)
    return Side(
        user,
        submission,
        tuple(file.marked(lines.get(number, set())) for number, file in enumerate(files)),
    )
