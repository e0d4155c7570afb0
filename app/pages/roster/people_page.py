"""The page of a course's people: who is in it, who is invited, and the forms that add somebody."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.access import membership
from app.context import Context
from app.pages.render import render
from app.pages.roster.people_search import LONGEST_SEARCH, people_found
from app.permissions import Action
from submissions.models import Invitation, LoginSession, Role


@dataclass(frozen=True, slots=True)
class Made:
    """A new invitation and its link, which is shown once; None where it is mailed."""

    invitation: Invitation
    link: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """The invitation form as it was sent, and what is wrong with it: the problem and the field it is in."""

    email: str = ""
    role: str = Role.STUDENT.value
    problem: str = ""
    field: str = ""


NOTHING_ASKED = Asked()


def people_page(
    request: Request,
    context: Context,
    login: LoginSession,
    course: str,
    *,
    made: Made | None = None,
    asked: Asked = NOTHING_ASKED,
    search: str = "",
) -> Response:
    """The page; 422 where the invitation form has a problem. Raises NotAllowed or NotFound."""
    now = context.clock()
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.MANAGE_PEOPLE)
        people = tx.courses.people(member.course)
        without = tx.ways_in.without(member.course.id)
        members = {one.user.email: one.user.id in without for one in people}
        invitations = tx.invitations.open_of(member.course.id, now)
    return render(
        request,
        "people.html",
        422 if asked.problem else 200,
        login=login,
        course=member.course,
        people=people_found(people, search),
        search=search.strip()[:LONGEST_SEARCH],
        counts={role: sum(one.role is role for one in people) for role in Role},
        invitations=[one for one in invitations if one.email not in members],
        without=without,
        links_open=sum(members.get(one.email or "", False) for one in invitations),
        provider=context.settings.oidc_name if context.oidc is not None else "",
        made=made,
        asked=asked,
        roles=tuple(Role),
        sends_mail=context.sends_mail,
        now=now,
    )
