"""Findings that say no more than a function's name stand together; every other one stands alone."""

from dataclasses import replace

from app.pages.report.finding_groups import FindingGroup, grouped
from app.pages.report.findings import findings
from app.pages.report.result import result_view
from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Report, Score, Verdict


def check(code: str, function: str, points: float = 6, **evidence: Evidence) -> CheckResult:
    verdict = Verdict.MISSING if code == "MISSING" else Verdict.WRONG
    told = Diagnosis(code, {"name": function, "tensor": "a", "yours": "-1", "expected_value": "1", **evidence})
    return CheckResult("forward", function, verdict, Score(0, points), 0.1, told)


def report_of(report: Report, *checks: CheckResult) -> Report:
    parts = tuple(PartResult(f"part {number}", Score(0, 6), (one,)) for number, one in enumerate(checks))
    return replace(report, parts=parts, score=Score(0, 6.0 * len(parts)), training=(), notes=())


def groups_of(report: Report) -> tuple[FindingGroup, ...]:
    return grouped(findings(report, lambda _: None))


def test_a_starter_is_told_once(reports: dict[str, Report]) -> None:
    report = report_of(reports["sample"], *(check("UNFINISHED", name) for name in ("relu", "softmax", "train")))
    (group,) = groups_of(report)

    assert group.sentence == "Three functions are not finished: they return no value."
    assert (group.points.given, group.points.maximum) == (0, 18)
    assert [finding.anchor for finding in group.findings] == ["finding-1", "finding-2", "finding-3"]
    view = result_view(report, lambda _: None)
    assert (view.summary.emphasis, view.summary.rest) == ("One finding", "explains the 18 points.")
    assert [row.anchor for row in view.parts] == ["finding-1", "finding-2", "finding-3"]


def test_what_says_more_than_a_name_stands_alone(reports: dict[str, Report]) -> None:
    report = report_of(
        reports["sample"],
        check("MISSING", "relu"),
        check("SIGN", "grad_ce"),
        check("MISSING", "softmax", nearest="softmx"),
        check("MISSING", "train"),
        check("SIGN", "backward_prop"),
    )
    assert [[finding.function for finding in group.findings] for group in groups_of(report)] == [
        ["relu", "train"],
        ["grad_ce"],
        ["softmax"],
        ["backward_prop"],
    ]


def test_one_function_in_two_parts_keeps_its_own_sentence(reports: dict[str, Report]) -> None:
    (group,) = groups_of(report_of(reports["sample"], check("UNFINISHED", "relu"), check("UNFINISHED", "relu")))
    assert group.sentence == "relu is not finished: it returns no value."
    assert len(group.findings) == 2
