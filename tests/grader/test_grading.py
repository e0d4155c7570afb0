"""What a grading gathers, and what can be given up of it."""

from grader.checks.subject import Finding
from grader.grading import Gathered
from grader.report import CheckResult, Note, Score, Verdict


def a_result(function: str, verdict: Verdict = Verdict.PASSED) -> CheckResult:
    return CheckResult("forward", function, verdict, Score(1.0, 1.0), 0.0, None)


def test_the_same_note_is_kept_once() -> None:
    gathered = Gathered()
    finding = Finding(a_result("relu"), notes=(Note("FLOAT32_INSIDE"),), flags=(Note("LOW_PRECISION"),))
    for _ in range(2):
        assert gathered.keep(finding) is finding.result

    assert gathered.notes == [Note("FLOAT32_INSIDE")]
    assert gathered.flags == [Note("LOW_PRECISION")]


def test_proven_is_what_passed_every_check_by_the_references_answers() -> None:
    gathered = Gathered(
        results=[a_result("relu"), a_result("softmax"), a_result("softmax", Verdict.WRONG), a_result("backward")],
        notes=[Note("GRADED_ON_OWN", {"function": "backward"})],
    )

    assert gathered.on_own == {"backward"}
    assert gathered.proven == {"relu"}


def test_a_copy_is_gathered_on_alone() -> None:
    gathered = Gathered(printed="a")
    copy = gathered.copy()
    copy.results.append(a_result("relu"))
    copy.keep(Finding(a_result("relu"), notes=(Note("FLOAT32_INSIDE"),)))
    copy.hear("b")

    assert (gathered.results, gathered.notes, gathered.printed) == ([], [], "a")
    assert copy.printed == "ab"


def test_what_was_printed_before_is_not_heard_again() -> None:
    gathered = Gathered()
    for printed in ("loaded\n", "loaded\n", "relu\n"):
        gathered.hear(printed)

    assert gathered.printed == "loaded\nrelu\n"
