"""Who is in a course at its platform (Names and Role Provisioning Services 2.0)."""

from dataclasses import dataclass
from typing import Any

from app.errors import Unreachable
from app.lti.launch import role_of
from app.lti.names import ROSTER_SCOPE, ROSTER_TYPE
from app.lti.service import Service
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
        raise Unreachable(f"{platform.name} does not offer the roster of this course.")
    found: list[Member] = []
    for _ in range(MOST_PAGES):
        answer = service.get(platform, (ROSTER_SCOPE,), url, ROSTER_TYPE)
        if not answer.succeeded:
            raise Unreachable(f"{platform.name} gives no roster: it answers {answer.status} ({answer.text()}).")
        page = answer.json()
        entries = page.get("members") if isinstance(page, dict) else None
        if not isinstance(entries, list):
            raise Unreachable(f"What {platform.name} gives is no roster.")
        found += [_member(entry) for entry in entries if isinstance(entry, dict) and entry.get("user_id")]
        following = answer.links.get("next")
        if not following:
            return found
        url = following
    raise Unreachable(f"The roster of {platform.name} has more than {MOST_PAGES} pages.")


def _member(entry: dict[str, Any]) -> Member:
    email = entry.get("email")
    name = entry.get("name") or " ".join(filter(None, (entry.get("given_name"), entry.get("family_name"))))
    return Member(
        str(entry["user_id"])[:255],
        str(name or "Somebody without a name")[:200],
        email.strip().lower() if isinstance(email, str) and "@" in email and len(email) <= 254 else None,
        role_of(entry.get("roles")),
        entry.get("status", "Active") == "Active",
    )
