"""Sends the scores that platforms are owed, for as long as it takes."""

import logging
import re
import threading
from datetime import timedelta

from app.context import Context
from app.errors import Unreachable
from app.lti import results, scores
from app.lti.service import Service
from app.outgoing import Answer
from submissions.lti import OwedScore, Platform

LEASE = timedelta(minutes=5)
"""How long one sender has for a score; longer than the eight requests of an attempt can take: a token, a question and a
token again, for reading and for sending."""

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
PLATFORM_PAUSE = timedelta(minutes=1)
"""How long the other scores of a platform wait because it did not answer for one."""

PAUSE_SECONDS = 2.0

_SECONDS = re.compile(r"[0-9]{1,9}")

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
        if score.attempts > 1 and self._has_arrived(score, platform):
            self._sent(score, platform)
            return
        try:
            answer = scores.send(self._service, platform, score, self._comment(score))
        except Unreachable as error:
            self._again(score, platform, error.sentence)
            return
        if answer.succeeded:
            self._sent(score, platform)
        else:
            self._again(score, platform, f"{platform.name} answers {answer.status}: {answer.text()}", answer)

    def _has_arrived(self, score: OwedScore, platform: Platform) -> bool:
        """Whether an earlier attempt was taken and nobody heard it: a kill, a time-out, an error after all.

        Where the platform shows no results the score is sent again, which changes nothing but its time.
        """
        try:
            shown = results.results(self._service, platform, score.link.line_item_url or "", score.subject)
        except Unreachable:
            return False
        return any(one.is_score(score.given, score.maximum) for one in shown)

    def _sent(self, score: OwedScore, platform: Platform) -> None:
        now = self._context.clock()
        with self._context.database.transaction() as tx:
            tx.lti_scores.sent(score, "", now)
            tx.events.add(
                "lti.score_sent",
                score.timestamp,
                grading_id=score.grading_id,
                user_id=score.user_id,
                detail={"given": score.given, "maximum": score.maximum, "platform": platform.name},
            )

    def _again(self, score: OwedScore, platform: Platform, said: str, answer: Answer | None = None) -> None:
        now = self._context.clock()
        wait = min(FIRST_PAUSE * 2 ** min(score.attempts - 1, 16), LONGEST_PAUSE)
        if answer is not None and _SECONDS.fullmatch(answer.retry_after):
            wait = max(wait, min(timedelta(seconds=int(answer.retry_after)), LONGEST_PAUSE))
        log.warning("a score of %s is not sent (attempt %d): %s", score.user_id, score.attempts, said)
        with self._context.database.transaction() as tx:
            tx.lti_scores.not_sent(score, said, now + wait)
            if answer is None:  # nobody is there: the scores of other platforms are not to wait for each of these
                tx.lti_scores.postpone(platform.id, now + PLATFORM_PAUSE)

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
