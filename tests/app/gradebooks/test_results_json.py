"""A report in the form Gradescope reads."""

import json
from collections.abc import Callable

from app.gradebooks.results_json import results_json
from grader.report import CheckResult, Diagnosis, PartResult, Report, Score, Verdict


def test_one_test_a_part(make_report: Callable[[float], Report]) -> None:
    made = make_report(82.0)
    found = results_json(made)
    assert json.loads(json.dumps(found)) == found
    assert (found["score"], found["execution_time"]) == (82.0, 0.5)
    (test,) = found["tests"]
    assert (test["name"], test["score"], test["max_score"], test["status"]) == ("relu", 82.0, 100.0, "passed")


def test_what_failed_is_said() -> None:
    check = CheckResult("gradient", "grad_ce", Verdict.WRONG, Score(0.0, 18.0), 0.0, Diagnosis("SIGN", {"wrong": "dW"}))
    part = PartResult("grad_ce", Score(0.0, 18.0), (check,))
    made = Report("a", "v", Score(0.0, 18.0), (part,), (), (), (), "", "s", "full", {}, 0.1)
    (test,) = results_json(made)["tests"]
    assert test["status"] == "failed" and test["tags"] == ["SIGN"] and test["output"]
