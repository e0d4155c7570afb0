"""Sends the scores that platforms are owed, for as long as it takes."""

import logging
import threading
from datetime import datetime, timedelta

from app.context import Context
from app.errors import Unreachable
from app.lti import scores
from app.lti.service import Service
from app.outgoing import Answer
from submissions.lti import OwedScore, Platform

LEASE = timedelta(minutes=2)
"""How long one sender has for a score; longer than two requests can take."""

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
PAUSE_SECONDS = 2.0

log = logging.getLogger("chainrule.lti")


class Outbox:
    """One sender; several may run, in any number of processes."""

    def __init__(self, context: Context, service: Service, stop: threading.Event) -> None:
        self._context = context
        self._service = service
        self._stop = stop

    def run(self) -> None:
        """Send what is due until `stop` is set; no fault of one score keeps the others."""
        while not self._stop.is_set():
            try:
                while not self._stop.is_set() and self.send_one():
                    pass
            except Exception:
                log.exception("Scores could not be sent")
            self._stop.wait(PAUSE_SECONDS)

    def send_one(self) -> bool:
        """Send the score that has waited longest; whether one was due."""
        with self._context.database.reading() as tx:
            if tx.lti_scores.owed() == 0:
                return False
        now = self._context.clock()
        with self._context.database.transaction() as tx:
            score = tx.lti_scores.claim(now, LEASE)
            platform = tx.lti_platforms.by_id(score.link.platform_id) if score else None
        if score is None or platform is None:
            return False
        self._send(score, platform)
        return True

    def _send(self, score: OwedScore, platform: Platform) -> None:
        timestamp = scores.next_timestamp(self._context.clock(), score.sent_at)
        try:
            answer = scores.send(self._service, platform, score, self._comment(score), timestamp)
        except Unreachable as error:
            self._again(score, None, error.sentence)
            return
        if answer.succeeded:
            with self._context.database.transaction() as tx:
                tx.lti_scores.sent(score, timestamp, "")
                tx.events.add(
                    "lti.score_sent",
                    timestamp,
                    grading_id=score.grading_id,
                    user_id=score.user_id,
                    detail={"given": score.given, "maximum": score.maximum, "platform": platform.name},
                )
            return
        # A platform may have noted the time stamp of what it answered with an error: the next one is later.
        self._again(score, timestamp, f"{platform.name} answers {answer.status}: {answer.text()}", answer)

    def _again(self, score: OwedScore, timestamp: datetime | None, said: str, answer: Answer | None = None) -> None:
        now = self._context.clock()
        wait = min(FIRST_PAUSE * 2 ** min(score.attempts - 1, 16), LONGEST_PAUSE)
        if answer is not None and answer.retry_after.isdigit():
            wait = max(wait, min(timedelta(seconds=int(answer.retry_after)), LONGEST_PAUSE))
        log.warning("a score of %s is not sent (attempt %d): %s", score.user_id, score.attempts, said)
        with self._context.database.transaction() as tx:
            tx.lti_scores.not_sent(score, timestamp, said, now + wait)

    def _comment(self, score: OwedScore) -> str:
        """What the gradebook shows beside the score: the parts that lost points, and the first sentence about one."""
        with self._context.database.reading() as tx:
            grading = tx.gradings.get(score.grading_id) if score.grading_id else None
        if grading is None or grading.report is None:
            return ""
        lost = [part for part in grading.report["parts"] if part["points"]["given"] < part["points"]["maximum"]]
        if not lost:
            return "All parts are right."
        names = ", ".join(part["name"] for part in lost)
        said = next((check["sentence"] for part in lost for check in part["checks"] if check.get("diagnosis")), "")
        return f"Points lost in: {names}. {said}".strip()
