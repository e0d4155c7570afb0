"""An outcome as JSON: all of it, with what is worked out, and nothing that JSON cannot say."""

import json

from grader.audit.outcome_json import to_json
from tests.grader.audit.outcomes import outcome


def test_it_says_what_is_worked_out_too() -> None:
    found = json.loads(json.dumps(to_json(outcome(caught=18)), allow_nan=False))

    assert found["mutation"]["score"] == 0.9
    assert found["mutation"]["counted"] == 20
    assert found["reds"] == []
    assert 0.8 < found["thresholds"][0]["bound"] < 1


def test_what_is_red_is_said() -> None:
    assert to_json(outcome(caught=1))["reds"] == ["only 5.0% of the mutants are caught"]
