"""The scores that platforms are owed: the newest of each learner and activity, until the platform has it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, select, true

from submissions.lti import OwedScore, ScoreState
from submissions.lti_tables import lti_links, lti_people, lti_scores
from submissions.repository.lti_links import link_of

_OWED = lti_scores.c.sent_revision < lti_scores.c.revision


class LtiScores:
    """The scores of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def want(
        self, link_id: str, user_id: str, given: float, maximum: float, grading_id: str | None, now: datetime
    ) -> bool:
        """The platform should have this score; False where it is the one that is wanted already."""
        mine = (lti_scores.c.link_id == link_id) & (lti_scores.c.user_id == user_id)
        known = self._connection.execute(select(lti_scores).where(mine)).one_or_none()
        if known is not None and (known.given, known.maximum) == (given, maximum):
            return False
        if known is None:
            self._connection.execute(
                lti_scores.insert().values(
                    link_id=link_id,
                    user_id=user_id,
                    given=given,
                    maximum=maximum,
                    grading_id=grading_id,
                    revision=1,
                    sent_revision=0,
                    attempts=0,
                    next_at=now,
                    answer="",
                )
            )
        else:
            self._connection.execute(
                lti_scores.update()
                .where(mine)
                .values(
                    given=given,
                    maximum=maximum,
                    grading_id=grading_id,
                    revision=known.revision + 1,
                    attempts=0,
                    next_at=now,
                )
            )
        return True

    def claim(self, now: datetime, lease: timedelta) -> OwedScore | None:
        """The score that has waited longest, claimed for the time of the lease; None where none is due."""
        row = self._connection.execute(
            select(lti_scores, lti_people.c.subject)
            .join(lti_links, lti_links.c.id == lti_scores.c.link_id)
            .join(
                lti_people,
                and_(lti_people.c.user_id == lti_scores.c.user_id, lti_people.c.platform_id == lti_links.c.platform_id),
            )
            .where(_OWED, lti_scores.c.next_at <= now, lti_links.c.line_item_url.is_not(None))
            .order_by(lti_scores.c.next_at, lti_scores.c.link_id, lti_scores.c.user_id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id == row.link_id, lti_scores.c.user_id == row.user_id)
            .values(attempts=row.attempts + 1, next_at=now + lease)
        )
        link = link_of(self._connection.execute(select(lti_links).where(lti_links.c.id == row.link_id)).one())
        return OwedScore(
            link,
            row.user_id,
            row.subject,
            row.given,
            row.maximum,
            row.grading_id,
            row.revision,
            row.sent_at,
            row.attempts + 1,
        )

    def sent(self, score: OwedScore, sent_at: datetime, answer: str) -> None:
        """The platform has it. A change made in the meantime is still owed."""
        self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id == score.link.id, lti_scores.c.user_id == score.user_id)
            .values(sent_revision=score.revision, sent_at=sent_at, answer=answer, next_at=sent_at)
        )

    def not_sent(self, score: OwedScore, sent_at: datetime | None, answer: str, next_at: datetime) -> None:
        """It did not arrive; try again at `next_at`. sent_at: a time stamp that the platform may have taken note of."""
        values: dict[str, object] = {"answer": answer, "next_at": next_at}
        if sent_at is not None:
            values["sent_at"] = sent_at
        self._connection.execute(
            lti_scores.update()
            .where(
                lti_scores.c.link_id == score.link.id,
                lti_scores.c.user_id == score.user_id,
                lti_scores.c.revision == score.revision,
            )
            .values(**values)
        )

    def push(self, course_assignment_id: str, user_id: str | None, now: datetime) -> int:
        """Send again, sent or not: one learner's score, or those of all. How many."""
        links = select(lti_links.c.id).where(lti_links.c.course_assignment_id == course_assignment_id)
        whose = true() if user_id is None else lti_scores.c.user_id == user_id
        return self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id.in_(links), whose)
            .values(revision=lti_scores.c.revision + 1, attempts=0, next_at=now, answer="")
        ).rowcount

    def states(self, course_assignment_id: str) -> list[ScoreState]:
        """How far each learner's score has got; of several activities of an assignment the one furthest back."""
        rows = self._connection.execute(
            select(lti_scores)
            .join(lti_links, lti_links.c.id == lti_scores.c.link_id)
            .where(lti_links.c.course_assignment_id == course_assignment_id)
            .order_by(lti_scores.c.user_id, (lti_scores.c.revision - lti_scores.c.sent_revision))
        )
        states = {
            row.user_id: ScoreState(
                row.user_id,
                row.given,
                row.maximum,
                row.sent_revision >= row.revision,
                row.attempts,
                row.next_at,
                row.answer,
            )
            for row in rows
        }
        return list(states.values())

    def owed(self) -> int:
        """How many scores platforms do not have yet."""
        return self._connection.scalar(select(func.count()).select_from(lti_scores).where(_OWED)) or 0
