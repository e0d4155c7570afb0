"""Takes files and prints out of old submissions. Scores, findings and everything that was decided stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select, text, update

from grader.translation import gettext_noop
from submissions.schema.tables import blobs, gradings, submissions

REMOVED = sha256(b"").hexdigest()
"""What a submission points at instead of its file. No upload is empty: intake refuses that."""

FILES_REMOVED = gettext_noop("The files are removed after the time that this installation keeps them.")

TRIGGER = "gradings_done_is_final"


class Retention:
    """What one transaction removes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def due(self, before: datetime, most: int) -> list[str]:
        """The oldest submissions handed in before that time that still have a file, if they are done with."""
        still_open = select(gradings.c.submission_id).where(gradings.c.state.in_(("queued", "running")))
        old = (submissions.c.created_at < before) & (submissions.c.sha256 != REMOVED)
        query = select(submissions.c.id).where(old, submissions.c.id.not_in(still_open))
        return list(self._connection.scalars(query.order_by(submissions.c.created_at).limit(most)))

    def remove(self, submission_ids: list[str]) -> None:
        """Remove the files, unless a newer submission is the same file, and what the code printed."""
        if not submission_ids:
            return
        these = submissions.c.id.in_(submission_ids)
        files = list(self._connection.scalars(select(submissions.c.sha256).where(these).distinct()))
        if self._connection.scalar(select(blobs.c.sha256).where(blobs.c.sha256 == REMOVED)) is None:
            self._connection.execute(insert(blobs).values(sha256=REMOVED, data=b""))
        self._connection.execute(update(submissions).where(these).values(sha256=REMOVED))
        unused = blobs.c.sha256.in_(files) & blobs.c.sha256.not_in(select(submissions.c.sha256))
        self._connection.execute(delete(blobs).where(unused))
        printed = select(gradings.c.id, gradings.c.report).where(
            gradings.c.submission_id.in_(submission_ids), gradings.c.report.is_not(None)
        )
        rows = [row for row in self._connection.execute(printed) if row.report.get("printed")]
        if not rows:
            return
        with self._changeable():
            for row in rows:
                report = {**row.report, "printed": ""}
                self._connection.execute(update(gradings).where(gradings.c.id == row.id).values(report=report))

    def removed_of(self, course_assignment_id: str) -> set[str]:
        """The submissions of an assignment that cannot be graded again, because their files are gone."""
        gone = (submissions.c.course_assignment_id == course_assignment_id) & (submissions.c.sha256 == REMOVED)
        return set(self._connection.scalars(select(submissions.c.id).where(gone)))

    @contextmanager
    def _changeable(self) -> Iterator[None]:
        """Without the trigger that keeps reports as they are; a change of the schema is rolled back like any other."""
        if self._connection.dialect.name == "sqlite":
            made = self._connection.scalar(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": TRIGGER})
            lift, put_back = f"DROP TRIGGER {TRIGGER}", str(made)
        else:
            lift = f"ALTER TABLE gradings DISABLE TRIGGER {TRIGGER}"
            put_back = f"ALTER TABLE gradings ENABLE TRIGGER {TRIGGER}"
        self._connection.exec_driver_sql(lift)
        yield
        self._connection.exec_driver_sql(put_back)
