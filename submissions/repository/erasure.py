"""Takes a person out of every table. What they decided as staff stays, said to be somebody's who was erased."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, Table, and_, delete, func, insert, or_, select, update

from submissions import nudges
from submissions.models import User
from submissions.schema.account_tables import (
    api_answers,
    identities,
    invitations,
    mails,
    password_resets,
    password_tries,
)
from submissions.schema.examination_tables import comparisons
from submissions.schema.lti_tables import lti_members, lti_people, lti_scores, lti_tickets
from submissions.schema.marking_tables import comments, extensions, overrides, questions, regrade_gradings, regrades
from submissions.schema.tables import (
    api_tokens,
    blobs,
    deliveries,
    enrollments,
    events,
    grading_parts,
    gradings,
    login_sessions,
    submissions,
    users,
)

NOBODY_EMAIL = "erased@chainrule.invalid"
NOBODY_NAME = "Erased person"
SCRUBBED = "(erased)"

CORRECTED = "person.corrected"
"""An event that holds the names and addresses of the person whose id its `email` is; see CORRECTIONS."""

CORRECTIONS = ("name", "was_name", "address", "was_address")

DECIDED = (
    (extensions, "by_id"),
    (overrides, "by_id"),
    (comments, "author_id"),
    (questions, "answered_by_id"),
    (regrades, "by_id"),
    (comparisons, "by_id"),
)
"""Columns that say who decided something about others, where somebody must stand."""

OF_THEM = (
    (lti_scores, "user_id"),
    (lti_members, "user_id"),
    (lti_people, "user_id"),
    (extensions, "user_id"),
    (identities, "user_id"),
    (password_resets, "user_id"),
    (api_tokens, "user_id"),
    (api_answers, "user_id"),
    (login_sessions, "user_id"),
    (enrollments, "user_id"),
)
"""Rows that are about the person alone."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was taken out, for the audit trail."""

    submissions: int
    gradings: int
    files: int


class Erasure:
    """Erases in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def erase(self, user: User) -> Erased:
        """Erase the person: account, work, reports, files of nobody else, and every mention by id or address.

        A grading under way ends without a result: there is nothing left that it could be written to.
        """
        former = self._former_addresses(user)
        erased = self._work(user.id)
        self._mail(user)
        self._decisions(user.id)
        for table, column in OF_THEM:
            self._delete(table, table.c[column] == user.id)
        self._delete(lti_tickets, lti_tickets.c.payload.contains(user.id, autoescape=True))
        account = hashlib.sha256(user.email.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
        self._delete(password_tries, password_tries.c.account_sha256 == account)
        self._delete(
            api_answers,  # what staff were answered about them
            or_(*(func.lower(api_answers.c.body).contains(word, autoescape=True) for word in (user.id, user.email))),
        )
        self._mentions(user, former)
        self._delete(users, users.c.id == user.id)
        return erased

    def _work(self, user_id: str) -> Erased:
        mine = select(submissions.c.id).where(submissions.c.user_id == user_id)
        theirs = select(gradings.c.id).where(gradings.c.submission_id.in_(mine))
        files = list(
            self._connection.scalars(select(submissions.c.sha256).where(submissions.c.user_id == user_id).distinct())
        )
        if self._connection.dialect.name == "postgresql":
            nudges.forget(self._connection, user_id)
        self._delete(lti_scores, lti_scores.c.grading_id.in_(theirs))
        self._delete(deliveries, deliveries.c.grading_id.in_(theirs))
        self._delete(grading_parts, grading_parts.c.grading_id.in_(theirs))
        self._delete(regrade_gradings, regrade_gradings.c.submission_id.in_(mine))
        self._delete(events, or_(events.c.grading_id.in_(theirs), events.c.submission_id.in_(mine)))
        self._delete(overrides, overrides.c.submission_id.in_(mine))
        self._delete(comments, comments.c.submission_id.in_(mine))
        self._delete(questions, questions.c.submission_id.in_(mine))
        theirs_too = select(submissions.c.course_assignment_id).where(submissions.c.user_id == user_id)
        self._delete(comparisons, comparisons.c.course_assignment_id.in_(theirs_too))  # staff compare anew
        places = select("/api/v1/submissions/" + submissions.c.id).where(submissions.c.user_id == user_id)
        self._delete(api_answers, api_answers.c.location.in_(places))
        graded = self._delete(gradings, gradings.c.submission_id.in_(mine))
        handed_in = self._delete(submissions, submissions.c.user_id == user_id)
        others = select(submissions.c.sha256)
        gone = sum(
            self._delete(blobs, and_(blobs.c.sha256 == digest, blobs.c.sha256.not_in(others))) for digest in files
        )
        return Erased(handed_in, graded, gone)

    def _mail(self, user: User) -> None:
        to_them = func.lower(invitations.c.email) == user.email
        mine = or_(to_them, invitations.c.accepted_by == user.id)
        about = [
            *self._connection.scalars(select(invitations.c.id).where(mine)),
            *self._connection.scalars(select(password_resets.c.id).where(password_resets.c.user_id == user.id)),
        ]
        self._delete(mails, or_(mails.c.about.in_(about), func.lower(mails.c.recipient) == user.email))
        self._delete(invitations, mine)
        made = invitations.c.created_by == user.id
        self._connection.execute(update(invitations).where(made).values(created_by=None))

    def _decisions(self, user_id: str) -> None:
        for table, column in DECIDED:
            decided = table.c[column] == user_id
            if self._connection.scalar(select(func.count()).select_from(table).where(decided)):
                self._connection.execute(update(table).where(decided).values({column: self._nobody()}))

    def _nobody(self) -> str:
        """The account that stands for everybody who was erased; nobody can sign in to it."""
        found = self._connection.scalar(select(users.c.id).where(users.c.email == NOBODY_EMAIL))
        if found is not None:
            return str(found)
        made = uuid4().hex
        values = {"id": made, "email": NOBODY_EMAIL, "name": NOBODY_NAME, "is_operator": False, "email_confirmed": True}
        oldest: Select[Any] = select(func.min(users.c.created_at))  # a time of its own would say when somebody went
        created_at = self._connection.scalar(oldest)
        self._connection.execute(insert(users).values(**values, created_at=created_at))
        return made

    def _former_addresses(self, user: User) -> frozenset[str]:
        """Under which they were known before they were corrected, but for those that are somebody else's now."""
        told = (events.c.kind == CORRECTED) & events.c.detail.contains(user.id, autoescape=True)
        rows = self._connection.scalars(select(events.c.detail).where(told))
        found = {
            str(detail["was_address"]) for detail in rows if "was_address" in detail and detail["email"] == user.id
        }
        taken = self._connection.scalars(select(users.c.email).where(users.c.email.in_(found)))
        return frozenset(found).difference(taken)

    def _mentions(self, user: User, former: frozenset[str]) -> None:
        """Take the person out of the audit trail: as who did something, and wherever a line names them."""
        known = {user.id, user.email, *former}
        named = [events.c.detail.contains(json.dumps(word)[1:-1], autoescape=True) for word in known]
        columns = (events.c.id, events.c.user_id, events.c.kind, events.c.detail)
        rows = self._connection.execute(select(*columns).where(or_(events.c.user_id == user.id, *named))).all()
        for row in rows:
            # Names are not unique: in a line of somebody else's it may be another's.
            words = {*known, user.name} if row.user_id == user.id else set(known)
            if row.kind == CORRECTED and row.detail.get("email") == user.id:
                words |= {said for name in CORRECTIONS if isinstance(said := row.detail.get(name), str)}
            doer = None if row.user_id == user.id else row.user_id
            changed = (
                update(events).where(events.c.id == row.id).values(user_id=doer, detail=_scrubbed(row.detail, words))
            )
            self._connection.execute(changed)

    def _delete(self, table: Table, which: Any) -> int:
        return self._connection.execute(delete(table).where(which)).rowcount


def _scrubbed(value: Any, words: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _scrubbed(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_scrubbed(one, words) for one in value]
    if isinstance(value, str) and (value in words or value.lower() in words):
        return SCRUBBED
    return value
