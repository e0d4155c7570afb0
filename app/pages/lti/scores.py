"""What an LMS has of an assignment's scores, learner by learner; staff can send, read back, and bring people over."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from app.access import assignment_of, membership
from app.context import Context
from app.dependencies import Ctx, CurrentSession, SessionForm
from app.errors import Unreachable
from app.lti import results, roster
from app.lti.people import account_of
from app.lti.results import Result
from app.lti.roster import Member
from app.lti.service import Service
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.permissions import Action
from submissions.models import LoginSession, Role
from submissions.roster import follow_platform
from submissions.scores_owed import owe_score, owe_scores

Slug = Annotated[str, "of a course or an assignment"]


def make_router() -> APIRouter:
    """GET .../lms, POST .../lms/push, POST .../lms/results, POST .../lms/roster."""
    router = APIRouter()
    path = assignment_path("{course}", "{assignment}") + "/lms"
    router.add_api_route(path, show, methods=["GET"])
    router.add_api_route(f"{path}/push", push, methods=["POST"])
    router.add_api_route(f"{path}/results", read, methods=["POST"])
    router.add_api_route(f"{path}/roster", bring, methods=["POST"])
    return router


def show(request: Request, context: Ctx, found: CurrentSession, course: Slug, assignment: Slug) -> Response:
    """How far each learner's score has got."""
    return _page(request, context, found, course, assignment, "")


async def push(
    request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: Slug, assignment: Slug
) -> Response:
    """Send one learner's score again, or everybody's."""
    return await run_in_threadpool(_push, context, found, form, course, assignment)


async def read(
    request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: Slug, assignment: Slug
) -> Response:
    """Ask the LMS what its gradebook shows, and put it beside what was sent."""
    return await run_in_threadpool(_read, request, context, found, course, assignment)


async def bring(
    request: Request, context: Ctx, found: CurrentSession, form: SessionForm, course: Slug, assignment: Slug
) -> Response:
    """Enrol everybody whom the LMS has in this course."""
    return await run_in_threadpool(_bring, request, context, found, course, assignment)


def _page(
    request: Request,
    context: Context,
    found: LoginSession,
    course: str,
    assignment: str,
    problem: str,
    status: int = 200,
    shown: Mapping[str, Sequence[Result]] | None = None,
) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, found.user, course, Action.SEE_GRADES)
        asked = assignment_of(tx, member, assignment)
        states = {state.user_id: state for state in tx.lti_scores.states(asked.id)}
        rows = tx.gradings.gradebook(asked.id)
        at_the_lms = tx.lti_links.members_of(asked.id)
        links = tx.lti_links.links_of(asked.id)
        contexts = tx.lti_links.contexts_of(member.course.id)
        platforms = {one.id: one.name for one in tx.lti_platforms.all()}
    return render(
        request,
        "lti_gradebook.html",
        status,
        login=found,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        rows=rows,
        at_the_lms=at_the_lms,
        states=states,
        links=links,
        connected=sorted({platforms.get(one.platform_id, "") for one in contexts}),
        may_send=member.may(Action.EXPORT_GRADES),
        may_bring=member.may(Action.MANAGE_PEOPLE),
        now=context.clock(),
        problem=problem,
        shown=shown,
    )


def _push(context: Context, found: LoginSession, form: FormData, course: str, assignment: str) -> Response:
    one = form.get("learner")
    with context.database.transaction() as tx:
        member = membership(tx, found.user, course, Action.EXPORT_GRADES)
        asked = assignment_of(tx, member, assignment)
        now = context.clock()
        for learner in tx.courses.learners(member.course.id):
            owe_score(tx, asked.id, learner.id, now)
        count = tx.lti_scores.push(asked.id, one if isinstance(one, str) and one else None, now)
        detail = {"assignment": asked.id, "scores": count}
        tx.events.add("lti.pushed", now, user_id=found.user.id, course_id=member.course.id, detail=detail)
    return RedirectResponse(f"{assignment_path(member.course.slug, asked.slug)}/lms", 303)


def _read(request: Request, context: Context, found: LoginSession, course: str, assignment: str) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, found.user, course, Action.EXPORT_GRADES)
        links = tx.lti_links.links_of(assignment_of(tx, member, assignment).id)
        platforms = {one.platform_id: tx.lti_platforms.by_id(one.platform_id) for one in links}
    service = Service(context)
    try:
        asked = [
            (platform, one)
            for link in links
            if (platform := platforms[link.platform_id]) is not None and link.line_item_url
            for one in results.results(service, platform, link.line_item_url)
        ]
    except Unreachable as error:
        return _page(request, context, found, course, assignment, error.sentence, 502)
    shown: dict[str, list[Result]] = {}
    with context.database.reading() as tx:
        for platform, one in asked:
            shown.setdefault(tx.lti_links.person(platform.id, one.subject) or "", []).append(one)
    return _page(request, context, found, course, assignment, "", shown=shown)


def _bring(request: Request, context: Context, found: LoginSession, course: str, assignment: str) -> Response:
    with context.database.reading() as tx:
        member = membership(tx, found.user, course, Action.MANAGE_PEOPLE)
        asked = assignment_of(tx, member, assignment)
        contexts = [one for one in tx.lti_links.contexts_of(member.course.id) if one.memberships_url]
        platforms = {one.platform_id: tx.lti_platforms.by_id(one.platform_id) for one in contexts}
    try:
        rosters = [
            (one, roster.members(Service(context), platform, one))
            for one in contexts
            if (platform := platforms[one.platform_id]) is not None
        ]
    except Unreachable as error:
        return _page(request, context, found, course, assignment, error.sentence, 502)
    now = context.clock()
    with context.database.transaction() as tx:
        member = membership(tx, found.user, course, Action.MANAGE_PEOPLE)  # an LMS may have taken minutes
        for one, members in rosters:
            for person in _instructors_first(members):
                if person.active:
                    user = account_of(tx, one.platform_id, person.subject, person.name, person.email, now)
                    follow_platform(tx, member.course, user, person.role, one.platform_id, found.user, now)
                    tx.lti_links.add_member(one.platform_id, one.context_id, user.id)
                    owe_scores(tx, member.course.id, user.id, now)
        count = sum(len(members) for _, members in rosters)
        detail = {"course": member.course.id, "people": count}
        tx.events.add("lti.roster", now, user_id=found.user.id, course_id=member.course.id, detail=detail)
    return RedirectResponse(f"{assignment_path(member.course.slug, asked.slug)}/lms", 303)


def _instructors_first(members: Sequence[Member]) -> list[Member]:
    """In this order a new instructor is there before the one of old, who then is not the last any more."""
    return sorted(members, key=lambda person: person.role is not Role.INSTRUCTOR)
