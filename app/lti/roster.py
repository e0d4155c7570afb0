"""Who is in a course at its platform (Names and Role Provisioning Services 2.0)."""

from dataclasses import dataclass
from typing import Any

from app.errors import Unreachable
from app.lti.launch import email_of, id_of, name_of, role_of
from app.lti.names import ROSTER_SCOPE, ROSTER_TYPE
from app.lti.service import Service
from grader.translation import gettext as _
from submissions.lti import LtiContext, Platform
from submissions.models import Role

MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a course of a platform. active: False for who has left it."""

    subject: str
    name: str
    email: str | None
    role: Role
    active: bool


def members(service: Service, platform: Platform, context: LtiContext) -> list[Member]:
    """Everybody in the course, page by page. Raises Unreachable."""
    url = context.memberships_url
    if url is None:
        raise Unreachable(_("{platform} does not offer the roster of this course.", platform=platform.name))
    found: list[Member] = []
    for _page in range(MOST_PAGES):
        answer = service.get(platform, (ROSTER_SCOPE,), url, ROSTER_TYPE)
        if not answer.succeeded:
            raise Unreachable(
                _(
                    "{platform} gives no roster: it answers {status} ({answer}).",
                    platform=platform.name,
                    status=answer.status,
                    answer=answer.text(),
                )
            )
        page = answer.json()
        entries = page.get("members") if isinstance(page, dict) else None
        if not isinstance(entries, list):
            raise Unreachable(_("What {platform} gives is no roster.", platform=platform.name))
        read = [_member(entry) for entry in entries if isinstance(entry, dict) and entry.get("user_id")]
        found += [member for member in read if member.subject]
        following = answer.links.get("next")
        if not following:
            return found
        url = following
    raise Unreachable(
        _("The roster of {platform} has more than {most} pages.", platform=platform.name, most=MOST_PAGES)
    )


def _member(entry: dict[str, Any]) -> Member:
    return Member(
        id_of(str(entry["user_id"])),
        name_of(entry),
        email_of(entry.get("email")),
        role_of(entry.get("roles")),
        entry.get("status", "Active") == "Active",
    )
