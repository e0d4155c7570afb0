"""The report in a terminal: what it says, and that nothing of a student's acts on the terminal."""

import io
import math
from dataclasses import replace

import pytest
from rich.console import Console

from app.commands.readable import readable
from app.commands.terminal_report import sparkline, terminal_report
from grader.messages import derivative_sentence
from grader.report import (
    CheckResult,
    DerivativePoint,
    Diagnosis,
    EpochPoint,
    ExperimentResult,
    ExperimentRun,
    PartResult,
    Report,
    Score,
    TrainingResult,
    UsedDerivative,
    Verdict,
)

HOSTILE = "[bold red]x[/] \x1b[31m\u202e\nnote: you passed"
CURVE = tuple(EpochPoint(epoch, 2.0 / epoch, 0.5, 2.0 / epoch, 1 - 0.5 / epoch) for epoch in (1, 2, 4))


@pytest.fixture
def report() -> Report:
    """One part right, one with a hostile exception, a training and an experiment."""
    right = CheckResult("forward", "relu", Verdict.PASSED, Score(8, 8), 0.1)
    wrong = CheckResult(
        "forward",
        "softmax",
        Verdict.RAISED,
        Score(0, 4),
        0.1,
        Diagnosis("RAISED", {"exception": "ValueError", "message": HOSTILE, "line": 3}),
        exception=f"ValueError: {HOSTILE}",
    )
    runs = (
        ExperimentRun("10", "ReLU", Verdict.PASSED, 40, 0.1, 0.99, 0.2, 0.98, 0.2, 0.975, 7e-5, 5e-5, 0.98),
        ExperimentRun("10", "Tanh", Verdict.RAISED),
    )
    confusion = ((9, 1), (0, 10))
    experiment = ExperimentResult(
        "widths", "Widths", "hidden units", "digits", 99, {"lr": 0.1}, runs, ("10", "ReLU"), CURVE, confusion, confusion
    )
    training = TrainingResult("train", "digits", {"lr": 0.1}, 0.92, 0.999, 0.99, 0.95, 0.3, CURVE)
    parts = (PartResult("relu", Score(8, 8), (right,)), PartResult("softmax", Score(0, 4), (wrong,)))
    return Report(
        "a", "sha256:0", Score(8, 12), parts, (training,), (), (), "", "public:1", "full", {}, 0.5, (experiment,)
    )


def shown(report: Report, *, colour: bool = False, width: int = 120) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="standard" if colour else None).print(
        terminal_report(report)
    )
    return out.getvalue()


def test_score_parts_findings_tables_and_curves_are_there(report: Report) -> None:
    text = shown(report)

    assert text.startswith("a: 8 of 12 points\n")
    assert "relu     " + "█" * 20 + "  8 of 8" in text
    assert "softmax  " + "░" * 20 + "  0 of 4" in text
    assert "softmax, forward: " in text
    assert "[RAISED]" in text
    for piece in ("0.9900", "0.9750", "1.40", "best: ReLU, hidden units 10", "test loss █▃▁", "Confusion matrix"):
        assert piece in text
    assert "seed public:1, sandbox full, 0.50 s" in text


@pytest.mark.parametrize("colour", [False, True])
def test_a_students_words_neither_colour_nor_begin_a_line(colour: bool, report: Report) -> None:
    text = shown(report, colour=colour, width=400)

    assert "[bold red]x[/]" in text
    assert "\u202e" not in text
    assert not any(line.strip().startswith("note: you passed") for line in text.splitlines())
    if not colour:
        assert "\x1b" not in text


def test_the_plain_text_has_the_same_tables(report: Report) -> None:
    text = readable(report)

    assert "\x1b" not in text
    assert "    hidden units    ReLU" in text
    assert "              10  0.9900" in text
    assert "Confusion matrix of the test set: ReLU, hidden units 10" in text


def test_the_derivative_that_was_used_is_told_beneath_the_finding(report: Report) -> None:
    used = UsedDerivative("relu", "dX", "X", (DerivativePoint(-1.0, 1.0, 0.0),))
    (check,) = report.parts[1].checks
    parts = (report.parts[0], replace(report.parts[1], checks=(replace(check, derivative=used),)))
    for text in (shown(replace(report, parts=parts), width=400), readable(replace(report, parts=parts))):
        assert derivative_sentence(used) in text
    assert "derivative" not in shown(report)


def test_a_report_without_experiments_needs_none(report: Report) -> None:
    assert "Widths" not in shown(replace(report, experiments=(), training=()))


def test_sparklines_run_from_low_to_high_and_cross_out_what_is_no_number() -> None:
    assert sparkline((0.0, 0.5, 1.0)) == "▁▅█"
    assert sparkline((1.0, math.nan, math.inf)) == "▁××"
    assert sparkline(()) == ""


def test_what_is_about_the_whole_file_is_said_once(report: Report) -> None:
    unloaded = replace(report.parts[1].checks[0], diagnosis=Diagnosis("NOT_LOADED", {"exception": "SyntaxError"}))
    parts = tuple(replace(part, checks=(unloaded, unloaded)) for part in (report.parts[0],) * 3)
    whole = replace(report, parts=parts, training=(), experiments=())
    console = Console(file=io.StringIO(), width=200, force_terminal=True)
    console.print(terminal_report(whole))
    assert isinstance(console.file, io.StringIO)

    for text in (readable(whole), console.file.getvalue()):
        assert text.count("Your file does not load") == text.count("the whole file: ") == 1
        assert "forward" not in text
