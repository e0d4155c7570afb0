"""The last audit of an assignment on a page of staff: what its checks catch, whom they fail, and how long they take."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.access import assignment_asked, membership
from app.dependencies import Ctx, CurrentSession
from app.pages.assignment.assignment_page import assignment_path
from app.pages.render import render
from app.permissions import Action
from grader.audit.bound import lower_bound
from submissions.database import Transaction


@dataclass(frozen=True, slots=True)
class Audited:
    """An audit that was kept. current: of the version in the catalogue now. found: as outcome_json writes it."""

    at: datetime
    current: bool
    found: dict[str, Any]

    @property
    def is_green(self) -> bool:
        """Whether nothing that must not be so was found."""
        return not self.found["reds"]

    @property
    def caught_percent(self) -> float:
        """Of the mutants that change something."""
        return round(100.0 * float(self.found["mutation"]["score"]), 1)

    @property
    def rejected(self) -> int:
        """How many right files lost a point."""
        return len(self.found["rejection"]["rejected"])

    @property
    def rejected_at_most_percent(self) -> float:
        """What so many files show, with 95 % confidence: the false-reject rate is at most this."""
        graded = int(self.found["rejection"]["graded"])
        return round(100.0 * (1.0 - lower_bound(graded - self.rejected, graded)), 1)


def make_router() -> APIRouter:
    """{assignment}/audit."""
    router = APIRouter()
    router.add_api_route(f"{assignment_path('{course}', '{assignment}')}/audit", show, methods=["GET"])
    return router


def last_audit(tx: Transaction, slug: str, version: str) -> Audited | None:
    """The last audit of an assignment that was kept; `version` is the one it has now."""
    kept = tx.examinations.audit(slug)
    return None if kept is None else Audited(kept.at, kept.found["version"] == version, dict(kept.found))


def show(request: Request, context: Ctx, login: CurrentSession, course: str, assignment: str) -> Response:
    """What the last audit found, or how to make one."""
    with context.database.reading() as tx:
        member = membership(tx, login.user, course, Action.SEE_GRADES)
        asked = assignment_asked(tx, member, assignment)
        version = context.catalog.get(asked.slug).version
        audited = last_audit(tx, asked.slug, version)
    return render(
        request,
        "audit.html",
        login=login,
        course=member.course,
        assignment=asked,
        path=assignment_path(member.course.slug, asked.slug),
        version=version,
        audited=audited,
        now=context.clock(),
    )
