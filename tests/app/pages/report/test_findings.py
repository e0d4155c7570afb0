"""Findings: one a cause, skipped checks none, evidence from the check that has it."""

import math
from collections.abc import Sequence
from dataclasses import replace

from app.pages.report.findings import findings
from app.pages.source.coloured_source import ColouredFile, Excerpt
from grader.report import CheckResult, Diagnosis, Evidence, PartResult, Report, Score, Verdict


def nowhere(lines: Sequence[int]) -> Excerpt | None:
    return None


def report_of(report: Report, *checks: CheckResult) -> Report:
    return replace(report, parts=(PartResult("part", Score(0, 1), checks),))


def test_checks_that_fail_for_one_reason_are_one_finding(reports: dict[str, Report]) -> None:
    found = findings(reports["sample"], nowhere)
    assert [(finding.part, finding.points.given, finding.points.maximum) for finding in found] == [
        ("grad_ce", 0, 18),
        ("backward_prop", 12, 20),
    ]
    assert found[0].kinds == ("contract", "gradient")
    assert found[0].probes == (7, 7)
    assert found[0].by_hand is not None
    assert found[0].by_hand.tensor == "d_logits"
    assert found[0].counterfactual == "(p - target) / len(target)"


def test_right_tensors_are_credited_and_wrong_ones_mapped(reports: dict[str, Report]) -> None:
    finding = findings(reports["sample"], nowhere)[1]
    assert finding.right == ("db_h", "dW_o", "db_o")
    assert [name for name, _ in finding.maps] == ["dW_h"]
    assert finding.measured == (("dW_h", 5.0, 1e-9),)


def test_the_derivative_that_was_used_is_drawn_where_it_was_measured(reports: dict[str, Report]) -> None:
    first, second = findings(reports["sample"], nowhere)
    assert first.derivative is None
    assert second.derivative is not None
    assert second.derivative.tensor == "dW_h"
    assert second.derivative.sentence in second.derivative.picture.finding


def test_what_has_another_shape_is_no_difference(reports: dict[str, Report]) -> None:
    assert findings(reports["sample"], nowhere)[0].measured == ()


def test_every_failing_verdict_is_a_finding_and_skipped_is_none(reports: dict[str, Report]) -> None:
    found = {finding.verdict for finding in findings(reports["verdicts"], nowhere)}
    assert found == set(Verdict) - {Verdict.PASSED, Verdict.SKIPPED}


def test_checks_that_fell_with_an_ended_process_join_its_finding(reports: dict[str, Report]) -> None:
    ended = CheckResult("contract", "f", Verdict.TIME_LIMIT, Score(0, 2), 10.0, Diagnosis("TIME_LIMIT"))
    fallen = CheckResult("forward", "f", Verdict.TIME_LIMIT, Score(0, 6), 0.0)
    (finding,) = findings(report_of(reports["sample"], ended, fallen), nowhere)
    assert finding.points == Score(0, 8)
    assert finding.code == "TIME_LIMIT"


def test_different_causes_in_a_part_stay_apart(reports: dict[str, Report]) -> None:
    checks = [CheckResult("forward", "f", Verdict.WRONG, Score(0, 1), 0.0, Diagnosis(code)) for code in ("A", "B")]
    assert [finding.code for finding in findings(report_of(reports["sample"], *checks), nowhere)] == ["A", "B"]


def test_cases_too_large_or_not_numeric_are_left_out(reports: dict[str, Report]) -> None:
    for yours in ("ValueError", [[0.0] * 40]):
        case = {"inputs": {"x": [[1.0]]}, "yours": yours, "right": [[1.0]]}
        check = CheckResult("forward", "f", Verdict.WRONG, Score(0, 1), 0.0, Diagnosis("A", {}, case))
        (finding,) = findings(report_of(reports["sample"], check), nowhere)
        assert finding.by_hand is None


def test_tensors_of_other_shape_have_no_map(reports: dict[str, Report]) -> None:
    finding = findings(reports["sample"], nowhere)[0]
    assert finding.wrong == ("d_logits",)
    assert finding.maps == ()
    assert math.isnan(finding.checks[0].tensors[0].largest_error)


def test_what_the_sentence_says_already_is_not_repeated(reports: dict[str, Report]) -> None:
    unfinished = Diagnosis("UNFINISHED")
    check = CheckResult("contract", "f", Verdict.RAISED, Score(0, 1), 0.0, unfinished, exception="NotImplementedError")
    (finding,) = findings(report_of(reports["sample"], check), nowhere)
    assert finding.exception is None
    told = replace(check, diagnosis=Diagnosis("UNKNOWN"), exception="ValueError: shapes (2,) and (3,)")
    (finding,) = findings(report_of(reports["sample"], told), nowhere)
    assert finding.exception == "ValueError: shapes (2,) and (3,)"


def test_the_same_lines_are_shown_once(reports: dict[str, Report]) -> None:
    asked: list[Sequence[int]] = []

    def noting(lines: Sequence[int]) -> Excerpt | None:
        asked.append(lines)
        return None

    checks = [
        CheckResult("forward", "f", Verdict.WRONG, Score(0, 1), 0.0, Diagnosis(code), lines=(4, 9))
        for code in ("A", "B")
    ]
    assert len(findings(report_of(reports["sample"], *checks), noting)) == 2
    assert asked == [(4, 9)]


def test_mistakes_named_beside_the_first_lead_to_their_pages(reports: dict[str, Report]) -> None:
    also: list[Evidence] = [
        {"code": "SIGN"},
        {"code": "SIGN"},
        {"code": "TOTAL_NOT_MEAN"},
        {"code": "A_CODE_OF_LATER"},
        "no mapping",
    ]
    wrong = CheckResult("gradient", "f", Verdict.WRONG, Score(0, 1), 0.1, Diagnosis("TOTAL_NOT_MEAN", {"also": also}))
    (finding,) = findings(report_of(reports["sample"], wrong), nowhere)
    assert finding.help == "/help/TOTAL_NOT_MEAN"
    assert finding.further_help == (("SIGN", "/help/SIGN"),)


def test_lines_are_told_where_the_file_has_them(reports: dict[str, Report], source: str) -> None:
    file = ColouredFile("network.py", source)
    there = findings(reports["sample"], file.about)
    short = findings(reports["sample"], ColouredFile("short.py", "x = 1\n").about)

    assert [finding.lines for finding in there] == [(10, 12), (19,)]
    assert [finding.lines for finding in short] == [(), ()]
