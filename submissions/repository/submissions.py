"""Uploads as they came: never changed, and deleted by retention and erasure alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select, tuple_

from submissions.models import State, Submission
from submissions.schema.tables import blobs, gradings, submissions

COLUMNS = [column for column in submissions.c if column.name not in ("idempotency_key", "current_grading_id")]
"""What a Submission is made of."""

# Statements of every upload and every look are put together once: that takes longer than running them.
_OF = (submissions.c.course_assignment_id == bindparam("asked"), submissions.c.user_id == bindparam("person"))
_GET = select(*COLUMNS).where(submissions.c.id == bindparam("of"))
_COUNTING = (
    select(*COLUMNS)
    .join(gradings, gradings.c.submission_id == submissions.c.id)
    .where(gradings.c.id == bindparam("of"), submissions.c.current_grading_id == gradings.c.id)
)
_COUNT = select(func.count()).where(*_OF)
_ATTEMPTS = (
    select(submissions.c.created_at, gradings.c.state)
    .outerjoin(gradings, gradings.c.id == submissions.c.current_grading_id)
    .where(*_OF)
    .order_by(submissions.c.number)
)
_UNUSED = (None, State.FAILED.value, State.CANCELLED.value)
_DIGEST: BindParameter[str] = bindparam("digest", type_=blobs.c.sha256.type)
_ADD_BLOB = blobs.insert().from_select(
    ["sha256", "data"],
    select(_DIGEST, bindparam("bytes", type_=blobs.c.data.type)).where(
        ~select(blobs.c.sha256).where(blobs.c.sha256 == _DIGEST).exists()
    ),
)
_ADD = submissions.insert()


@dataclass(frozen=True, slots=True)
class Attempts:
    """A person's submissions to an assignment: how many were made, and when those that used an attempt, oldest first.

    None is used by one that is FAILED, which is our fault, or CANCELLED.
    """

    made: int
    used: Sequence[datetime]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of submissions ended: what comes next is older."""

    created_at: datetime
    id: str


class Submissions:
    """The submissions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        course_assignment_id: str,
        user_id: str,
        number: int,
        filename: str,
        data: bytes,
        idempotency_key: str | None,
        now: datetime,
        counting: str | None = None,
    ) -> Submission:
        """Store an upload as the person's next submission to the assignment.

        number: one more than were made. counting: the id of its first grading, if that is made next.
        """
        digest = sha256(data).hexdigest()
        self._connection.execute(_ADD_BLOB, {"digest": digest, "bytes": data})
        submission = Submission(
            id=uuid4().hex,
            course_assignment_id=course_assignment_id,
            user_id=user_id,
            number=number,
            filename=filename,
            size_bytes=len(data),
            sha256=digest,
            created_at=now,
        )
        self._connection.execute(
            _ADD,
            {
                "id": submission.id,
                "course_assignment_id": course_assignment_id,
                "user_id": user_id,
                "number": submission.number,
                "filename": filename,
                "size_bytes": submission.size_bytes,
                "sha256": digest,
                "idempotency_key": idempotency_key,
                "created_at": now,
                "current_grading_id": counting,
            },
        )
        return submission

    def count(self, course_assignment_id: str, user_id: str) -> int:
        """How many submissions a person has made to an assignment."""
        return self._connection.scalar(_COUNT, {"asked": course_assignment_id, "person": user_id}) or 0

    def attempts(self, course_assignment_id: str, user_id: str) -> Attempts:
        """What a person has handed in to an assignment."""
        rows = self._connection.execute(_ATTEMPTS, {"asked": course_assignment_id, "person": user_id}).all()
        return Attempts(len(rows), [row.created_at for row in rows if row.state not in _UNUSED])

    def attempts_used(self, course_assignment_id: str, user_id: str) -> Sequence[datetime]:
        """When a person used attempts, oldest first."""
        return self.attempts(course_assignment_id, user_id).used

    def get(self, submission_id: str) -> Submission | None:
        """The submission with this id."""
        row = self._connection.execute(_GET, {"of": submission_id}).one_or_none()
        return None if row is None else submission_of(row)

    def counting(self, grading_id: str) -> Submission | None:
        """The submission of which this grading counts; None for one that does not count."""
        row = self._connection.execute(_COUNTING, {"of": grading_id}).one_or_none()
        return None if row is None else submission_of(row)

    def of_learner(self, course_assignment_id: str, user_id: str) -> list[Submission]:
        """A person's submissions to an assignment, newest first."""
        rows = self._connection.execute(
            select(*COLUMNS)
            .where(submissions.c.course_assignment_id == course_assignment_id, submissions.c.user_id == user_id)
            .order_by(submissions.c.number.desc())
        )
        return [submission_of(row) for row in rows]

    def recent(self, course_assignment_id: str, limit: int, before: Cursor | None = None) -> list[Submission]:
        """At most `limit` submissions to an assignment, newest first, older than the page that ended at `before`."""
        query = (
            select(*COLUMNS)
            .where(submissions.c.course_assignment_id == course_assignment_id)
            .order_by(submissions.c.created_at.desc(), submissions.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            # The second half of a page must not repeat or lose submissions of the same microsecond, hence the id.
            query = query.where(tuple_(submissions.c.created_at, submissions.c.id) < (before.created_at, before.id))
        return [submission_of(row) for row in self._connection.execute(query)]

    def source(self, submission_id: str) -> bytes:
        """The bytes as they were uploaded. Raises KeyError for an unknown submission."""
        data = self._connection.scalar(
            select(blobs.c.data)
            .join(submissions, submissions.c.sha256 == blobs.c.sha256)
            .where(submissions.c.id == submission_id)
        )
        if data is None:
            raise KeyError(submission_id)
        return bytes(data)

    def by_idempotency_key(self, user_id: str, key: str) -> tuple[Submission, str] | None:
        """What a person handed in under this key, and the SHA-256 of its bytes in hex."""
        row = self._connection.execute(
            select(*COLUMNS).where(submissions.c.user_id == user_id, submissions.c.idempotency_key == key)
        ).one_or_none()
        return None if row is None else (submission_of(row), row.sha256)


def submission_of(row: Row[Any]) -> Submission:
    """The submission in a row that selects COLUMNS."""
    return Submission(
        id=row.id,
        course_assignment_id=row.course_assignment_id,
        user_id=row.user_id,
        number=row.number,
        filename=row.filename,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        created_at=row.created_at,
    )
