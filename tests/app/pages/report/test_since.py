"""What changed since the attempt before: parts, findings, code."""

from dataclasses import replace

import pytest

from app.pages.report.since import Earlier, changes, since
from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Report, Score, Verdict
from grader.upload import SourceFile, Upload


def part(name: str, given: float) -> PartResult:
    return PartResult(name, Score(given, 10), ())


def as_if(check: CheckResult, verdict: Verdict, code: str | None = None) -> CheckResult:
    """The check, come out like this."""
    evidence: dict[str, Evidence] = {"name": check.function, "nearest": "", "message": "", "line": 1, "limit": 1}
    diagnosis = Diagnosis(code, evidence) if code and verdict is not Verdict.PASSED else None
    return replace(check, verdict=verdict, diagnosis=diagnosis)


def make_report(*parts: PartResult) -> Report:
    return Report("slug", "v", Score(0, 1), parts, (), (), (), "", "s", "container", {}, 0.0)


def test_every_part_is_there_before_and_after() -> None:
    before = make_report(part("a", 1), part("b", 2), part("gone", 3))
    now = make_report(part("a", 1), part("b", 5), part("new", 4))

    found = [(change.part, change.before, change.now, change.step) for change in changes(before, now)]
    assert found == [("a", 1, 1, 0), ("b", 2, 5, 3), ("new", None, 4, 4), ("gone", 3, None, -3)]


def test_findings_are_new_gone_or_still_there(reports: dict[str, Report], source: str) -> None:
    report = reports["sample"]
    *others, grad_ce, backward_prop, training = report.parts
    then = replace(report, parts=(*others, grad_ce, training), score=Score(91, 100))
    now = replace(report, parts=(*others, grad_ce, backward_prop, training))
    upload = Upload((SourceFile("a.py", source),))
    found = since(Earlier(1, "id", then, upload), now, upload)

    assert [finding.part for finding in found.new] == ["backward_prop"]
    assert [finding.part for finding in found.kept] == ["grad_ce"]
    assert found.gone == ()
    assert found.words == "17 points fewer than attempt 1"
    right = replace(backward_prop, checks=tuple(as_if(check, Verdict.PASSED) for check in backward_prop.checks))
    mended = replace(now, parts=(*others, grad_ce, right, training))
    back = since(Earlier(2, "id", now, upload), mended, upload)
    assert [finding.part for finding in back.gone] == ["backward_prop"]
    assert back.new == back.unseen == ()


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.RAISED, "NOT_LOADED"),
        (Verdict.CRASHED, "STOPPED_AT_LOAD"),
        (Verdict.MISSING, "MISSING"),
        (Verdict.RAISED, "RAISED"),
        (Verdict.TIME_LIMIT, "TIME_LIMIT"),
        (Verdict.SKIPPED, None),
        (Verdict.WRONG, "UNFINISHED"),
    ],
)
def test_a_mistake_that_could_not_be_looked_at_is_not_gone(
    reports: dict[str, Report], verdict: Verdict, code: str | None
) -> None:
    """Praise for a mistake that may still be there would be wrong."""
    before = reports["sample"]
    stopped = tuple(
        replace(part, checks=tuple(as_if(check, verdict, code) for check in part.checks)) for part in before.parts
    )
    found = since(Earlier(1, "id", before, None), replace(before, parts=stopped), None)

    assert found.gone == ()
    assert "backward_prop" in [finding.part for finding in found.unseen]


def test_a_part_that_is_asked_no_more_was_not_looked_at(reports: dict[str, Report]) -> None:
    before = reports["sample"]
    found = since(Earlier(1, "id", before, None), replace(before, parts=before.parts[:5]), None)

    assert found.gone == ()
    assert "backward_prop" in [finding.part for finding in found.unseen]


@pytest.mark.parametrize("verdict", [Verdict.RAISED, Verdict.WRONG, Verdict.PASSED])
def test_a_function_that_is_there_now_is_missing_no_more(reports: dict[str, Report], verdict: Verdict) -> None:
    part = reports["sample"].parts[6]
    absent = replace(part, checks=tuple(as_if(check, Verdict.MISSING, "MISSING") for check in part.checks))
    there = replace(part, checks=tuple(as_if(check, verdict, "RAISED") for check in part.checks))
    found = since(Earlier(1, "id", make_report(absent), None), make_report(there), None)

    assert [finding.code for finding in found.gone] == ["MISSING"]
    assert found.unseen == ()


def test_a_file_that_loads_again_says_so(reports: dict[str, Report]) -> None:
    now = reports["sample"]
    part = now.parts[6]
    broken = replace(part, checks=tuple(as_if(check, Verdict.RAISED, "NOT_LOADED") for check in part.checks))
    found = since(Earlier(1, "id", make_report(broken), None), now, None)

    assert [finding.code for finding in found.gone] == ["NOT_LOADED"]


def test_another_diagnosis_of_the_same_check_is_another_finding(reports: dict[str, Report]) -> None:
    now = reports["sample"]
    check = now.parts[5].checks[-1]
    assert check.diagnosis is not None
    other = replace(check, diagnosis=replace(check.diagnosis, code="UNKNOWN"))
    changed = replace(now.parts[5], checks=(*now.parts[5].checks[:-1], other))
    then = replace(now, parts=(*now.parts[:5], changed, now.parts[6]))
    found = since(Earlier(1, "id", then, None), now, None)

    assert [finding.code for finding in found.new] == ["RELU_MASK_MISSING"]
    assert [finding.code for finding in found.gone] == ["UNKNOWN"]
    assert found.files is None


def test_another_version_of_the_assignment_is_told(reports: dict[str, Report]) -> None:
    now = reports["sample"]

    assert not since(Earlier(1, "id", now, None), now, None).other_version
    assert since(Earlier(1, "id", replace(now, version="sha256:0"), None), now, None).other_version
