"""Makes two accounts of one person one: what is of the one that goes is the other's from then on."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, exists, func, or_, select, update

from submissions.models import User
from submissions.repository.erasure import DECIDED
from submissions.schema.account_tables import api_answers, identities, invitations, mails, password_resets
from submissions.schema.examination_tables import comparisons
from submissions.schema.lti_tables import lti_members, lti_people, lti_scores, lti_tickets
from submissions.schema.marking_tables import extensions
from submissions.schema.tables import api_tokens, enrollments, events, login_sessions, submissions, users

MOVED = (
    *DECIDED,
    (submissions, "user_id"),
    (lti_people, "user_id"),
    (invitations, "created_by"),
    (invitations, "accepted_by"),
)
"""Columns that name the other account afterwards."""

MOVED_ONCE = (
    (extensions, ("course_assignment_id",)),
    (lti_members, ("platform_id", "context_id")),
    (lti_scores, ("link_id",)),
)
"""Tables with one row for a person and these columns: where the other account has one, that stays."""

ENDED = (login_sessions, api_tokens, api_answers, password_resets, identities, enrollments)
"""What opens the account that goes, and where it was: whoever merges has given the other one its roles already."""


class Merge:
    """Merges in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def worked_for(self, user_id: str) -> frozenset[str]:
        """The assignments of courses for which somebody has handed in something."""
        mine = submissions.c.user_id == user_id
        return frozenset(self._connection.scalars(select(submissions.c.course_assignment_id).where(mine).distinct()))

    def merge(self, gone: User, kept: User) -> None:
        """Make `gone` one with `kept`. They must not both have handed in for one assignment."""
        mine = submissions.c.user_id == gone.id
        asked = select(submissions.c.course_assignment_id).where(mine)
        self._delete(comparisons, comparisons.c.course_assignment_id.in_(asked))  # they name people: staff compare anew
        self._connection.execute(update(submissions).where(mine).values(idempotency_key=None))  # unique for a person
        resets = select(password_resets.c.id).where(password_resets.c.user_id == gone.id)
        self._delete(mails, mails.c.about.in_(resets))
        for table, column in MOVED:
            whose = table.c[column] == gone.id
            self._connection.execute(update(table).where(whose).values({column: kept.id}))
        for table, names in MOVED_ONCE:
            self._move_once(table, names, gone.id, kept.id)
        for table in ENDED:
            self._delete(table, table.c.user_id == gone.id)
        said = (func.lower(api_answers.c.body).contains(word, autoescape=True) for word in (gone.id, gone.email))
        self._delete(api_answers, or_(*said))  # what staff were answered about them
        self._delete(lti_tickets, lti_tickets.c.payload.contains(gone.id, autoescape=True))
        self._mentions(gone, kept)
        self._delete(users, users.c.id == gone.id)

    def _move_once(self, table: Table, names: tuple[str, ...], gone: str, kept: str) -> None:
        other = table.alias()
        there = exists().where(other.c.user_id == kept, *(other.c[name] == table.c[name] for name in names))
        self._delete(table, (table.c.user_id == gone) & there)
        self._connection.execute(update(table).where(table.c.user_id == gone).values(user_id=kept))

    def _mentions(self, gone: User, kept: User) -> None:
        """The audit trail speaks of the account that is left, as what somebody did and as whom a line is about."""
        named = [events.c.detail.contains(json.dumps(word)[1:-1], autoescape=True) for word in (gone.id, gone.email)]
        rows = self._connection.execute(
            select(events.c.id, events.c.user_id, events.c.detail).where(or_(events.c.user_id == gone.id, *named))
        ).all()
        words = {gone.id: kept.id, gone.email: kept.email}
        for row in rows:
            of_them = row.user_id == gone.id
            values = {
                "user_id": kept.id if of_them else row.user_id,
                "detail": _renamed(row.detail, {**words, gone.name: kept.name} if of_them else words),
            }
            self._connection.execute(update(events).where(events.c.id == row.id).values(values))

    def _delete(self, table: Table, which: Any) -> None:
        self._connection.execute(delete(table).where(which))


def _renamed(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {name: _renamed(one, words) for name, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, words) for one in value]
    return words.get(value, value) if isinstance(value, str) else value
