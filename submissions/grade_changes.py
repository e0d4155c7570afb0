"""Where everything comes together that changes what learners' work counts, other than a grading that ends."""

from collections.abc import Iterable
from datetime import datetime

from submissions.scores_owed import owe_score
from submissions.transaction import Transaction


def grades_changed(tx: Transaction, course_assignment_id: str, user_ids: Iterable[str], now: datetime) -> None:
    """Note that these learners may count something else from now on: what is owed to others is owed anew.

    Called inside the transaction of an override, an extension, a change of the policy, a regrade applied or undone.
    """
    changed = sorted(set(user_ids))
    for user_id in changed:
        owe_score(tx, course_assignment_id, user_id, now)
    if changed:  # of no course: what the staff of one did has a line of its own that says more
        tx.events.add("grades.changed", now, detail={"assignment": course_assignment_id, "learners": len(changed)})
