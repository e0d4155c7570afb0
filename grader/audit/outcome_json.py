"""What an audit found as JSON, for programs, and for the pages that show the last one."""

from dataclasses import asdict
from typing import Any

from grader.audit.outcome import Outcome


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The outcome with what is worked out of it: the mutation score, what the trainings show, and what is red."""
    found = asdict(outcome)
    found["mutation"]["score"] = outcome.mutation.score
    found["mutation"]["counted"] = outcome.mutation.counted
    for one, threshold in zip(found["thresholds"], outcome.thresholds, strict=True):
        one["bound"] = threshold.bound
    return {**found, "reds": list(outcome.reds)}
