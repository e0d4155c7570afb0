"""What changed since the attempt before: parts, findings, code."""

from dataclasses import replace

from app.pages.since import Earlier, changes, since
from grader.report import PartResult, Report, Score
from grader.upload import SourceFile, Upload


def part(name: str, given: float) -> PartResult:
    return PartResult(name, Score(given, 10), ())


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
    back = since(Earlier(2, "id", now, upload), then, upload)
    assert [finding.part for finding in back.gone] == ["backward_prop"]
    assert back.new == ()


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
