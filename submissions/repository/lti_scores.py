"""The scores that platforms are owed: the newest of each learner and activity, until the platform has it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from submissions.lti import OwedScore, ScoreState, next_timestamp
from submissions.repository.lti_links import link_of
from submissions.schema.lti_tables import lti_links, lti_people, lti_scores

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
        """The score that has waited longest, claimed for the time of the lease; None where none is due.

        The time stamp is kept before anything is sent: a sender that stood still in between comes with an earlier one
        than whoever took over, and the platform refuses it.
        """
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
        timestamp = next_timestamp(now, row.sent_at)
        self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id == row.link_id, lti_scores.c.user_id == row.user_id)
            .values(attempts=row.attempts + 1, next_at=now + lease, sent_at=timestamp)
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
            timestamp,
            row.attempts + 1,
        )

    def sent(self, score: OwedScore, answer: str, now: datetime) -> None:
        """The platform has it. A change made in the meantime is still owed, and one sent in the meantime stays sent."""
        self._connection.execute(
            lti_scores.update()
            .where(*_of(score), lti_scores.c.sent_revision < score.revision)
            .values(sent_revision=score.revision, answer=answer, next_at=now)
        )

    def not_sent(self, score: OwedScore, answer: str, next_at: datetime) -> None:
        """It did not arrive; try again at `next_at`, unless it was sent or changed in the meantime."""
        self._connection.execute(
            lti_scores.update()
            .where(*_of(score), lti_scores.c.revision == score.revision, _OWED)
            .values(answer=answer, next_at=next_at)
        )

    def postpone(self, platform_id: str, until: datetime) -> None:
        """Send this platform nothing before then: it does not answer, and others are not to wait for it."""
        links = select(lti_links.c.id).where(lti_links.c.platform_id == platform_id)
        self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id.in_(links), _OWED, lti_scores.c.next_at < until)
            .values(next_at=until)
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

    def elsewhere(self, link_id: str, now: datetime) -> None:
        """The scores of this activity go to another place, which has none of them yet."""
        self._connection.execute(
            lti_scores.update()
            .where(lti_scores.c.link_id == link_id)
            .values(revision=lti_scores.c.revision + 1, attempts=0, next_at=now, answer="")
        )

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


def _of(score: OwedScore) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return lti_scores.c.link_id == score.link.id, lti_scores.c.user_id == score.user_id
