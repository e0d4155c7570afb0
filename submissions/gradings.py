"""The end of a grading: exactly one report is recorded, whoever comes second is discarded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from submissions.database import Transaction
from submissions.models import State


def record_grade(
    tx: Transaction,
    grading_id: str,
    lease_token: str | None,
    report_json: Mapping[str, Any],
    seed: str,
    version: str,
    now: datetime,
) -> bool:
    """Record a report if nothing has ended this grading yet; whether it counted."""
    raise NotImplementedError


def record_failure(
    tx: Transaction, grading_id: str, lease_token: str | None, error: str, now: datetime
) -> State | None:
    """Record a fault of ours: QUEUED again or, after three attempts, FAILED; None if the job is no longer held."""
    raise NotImplementedError
