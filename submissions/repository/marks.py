"""What staff decided and wrote about single submissions."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, select

from submissions.marking import Comment
from submissions.schema.marking_tables import comments, overrides
from submissions.schema.tables import users


class Marks:
    """The overrides and comments of one transaction; what an override counts is worked out in gradebook.py."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def override(
        self, submission_id: str, points: float, maximum: float, comment: str, by_id: str, now: datetime
    ) -> None:
        """Have a submission count `points` of `maximum`, in place of any earlier override."""
        self.take_back(submission_id)
        self._connection.execute(
            overrides.insert().values(
                submission_id=submission_id, points=points, maximum=maximum, comment=comment, by_id=by_id, at=now
            )
        )

    def take_back(self, submission_id: str) -> bool:
        """Have a submission count what its report gives again; whether there was an override."""
        mine = overrides.c.submission_id == submission_id
        return self._connection.execute(overrides.delete().where(mine)).rowcount == 1

    def comment(self, submission_id: str, author_id: str, text: str, now: datetime) -> str:
        """Write to the author of a submission; the id of the comment."""
        comment_id = uuid4().hex
        self._connection.execute(
            comments.insert().values(id=comment_id, submission_id=submission_id, author_id=author_id, text=text, at=now)
        )
        return comment_id

    def comments(self, submission_id: str) -> list[Comment]:
        """The comments on a submission, oldest first."""
        rows = self._connection.execute(
            select(comments, users.c.name)
            .join(users, users.c.id == comments.c.author_id)
            .where(comments.c.submission_id == submission_id)
            .order_by(comments.c.at, comments.c.id)
        )
        return [Comment(row.id, row.submission_id, row.name, row.text, row.at) for row in rows]
