"""How a grading ends: exactly one report is recorded, and our own faults are tried again before staff are told."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from submissions.models import State
from submissions.repository.gradings import PartPoints
from submissions.scores_owed import owe_score
from submissions.transaction import Transaction
from submissions.webhooks_owed import owe_webhooks

MAX_ATTEMPTS = 6
"""How often a grading is begun before it is FAILED. What kills three workers in a row may be a bad minute of ours, so
it rests longer each time (see Attempts); what kills six over a minute kills the seventh."""

_ERROR_CHARACTERS = 4000
# Full marks may come out of a sum of parts a few units in the last place too high.
_ROUNDING = 1e-9
_NO_DELAY = timedelta(0)


def record_grade(
    tx: Transaction,
    grading_id: str,
    lease_token: str | None,
    report_json: Mapping[str, Any],
    seed: str,
    version: str,
    now: datetime,
) -> bool:
    """Record a report if nothing has ended this grading and it is still held under `lease_token`; whether it counted.

    The first writer wins. A worker that was thought dead and comes back is too late: its result is discarded and
    counted as an event. lease_token None: for an engine that has no leases. Raises ValueError or KeyError for a report
    without usable points, which is a fault of ours.
    """
    given, maximum = _points(report_json["score"])
    parts = [_part(part) for part in report_json["parts"]]
    if tx.gradings.finish(grading_id, lease_token, report_json, given, maximum, parts, seed, version, now):
        tx.events.add("grading.done", now, grading_id=grading_id, detail={"given": given, "maximum": maximum})
        # One that a regrade only tries, or that a newer one has overtaken, changes nobody's grade.
        submission = tx.submissions.counting(grading_id)
        if submission is not None:
            owe_score(tx, submission.course_assignment_id, submission.user_id, now)
            owe_webhooks(tx, submission, grading_id, given, maximum, now)
        return True
    tx.events.add("grading.result_discarded", now, grading_id=grading_id, detail={"given": given})
    return False


def record_failure(
    tx: Transaction,
    grading_id: str,
    lease_token: str | None,
    error: str,
    now: datetime,
    delay: timedelta = _NO_DELAY,
) -> State | None:
    """Record a fault of ours: QUEUED again after `delay` or, after MAX_ATTEMPTS, FAILED; None if no longer held."""
    held = tx.queue.held(grading_id, lease_token)
    if held is None:
        return None
    error = error[:_ERROR_CHARACTERS]
    detail = {"error": error, "attempt": held.attempts}
    if held.attempts < MAX_ATTEMPTS:
        tx.queue.release(held, now, delay, error, held.attempts)
        tx.events.add("grading.retried", now, grading_id=grading_id, worker=held.worker, detail=detail)
        return State.QUEUED
    tx.queue.fail(held, error, now)
    tx.events.add("grading.failed", now, grading_id=grading_id, worker=held.worker, detail=detail)
    return State.FAILED


def record_postponement(
    tx: Transaction, grading_id: str, lease_token: str, reason: str, now: datetime, delay: timedelta
) -> bool:
    """Put a grading that cannot be done now back for `delay`, the attempt not counted; whether it was still held."""
    held = tx.queue.held(grading_id, lease_token)
    if held is None:
        return False
    # No event: while a wall is down this happens to every waiting grading again and again.
    tx.queue.release(held, now, delay, reason[:_ERROR_CHARACTERS], held.attempts - 1)
    return True


def _part(part: Mapping[str, Any]) -> PartPoints:
    given, maximum = _points(part["points"])
    diagnoses = (check.get("diagnosis") for check in part["checks"])
    codes = tuple(dict.fromkeys(diagnosis["code"] for diagnosis in diagnoses if diagnosis is not None))
    return PartPoints(part["name"], given, maximum, codes)


def _points(points: Mapping[str, Any]) -> tuple[float, float]:
    given, maximum = float(points["given"]), float(points["maximum"])
    if not (math.isfinite(given) and math.isfinite(maximum) and 0 <= given <= maximum + _ROUNDING):
        raise ValueError(f"{given} of {maximum} are no points")
    return given, maximum
