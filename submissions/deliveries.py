"""What is owed to webhooks and learning management systems, written in the transaction of the event it tells of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from submissions.transaction import Transaction


def owe(
    tx: Transaction,
    grading_id: str,
    kind: Literal["webhook", "lti"],
    target: str,
    payload: Mapping[str, Any],
    now: datetime,
    occasion: str = "",
) -> bool:
    """Owe `payload` to `target`; False if this grading owes it already, so that a retry owes nothing twice.

    occasion: empty for the end of the grading; otherwise names what came after it.
    """
    return tx.deliveries.add(grading_id, kind, target, payload, now, occasion)
