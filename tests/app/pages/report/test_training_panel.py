"""Training panels: the confusion matrix in colours and words."""

import math
from dataclasses import replace

from app.pages.report.training_panel import training_panels
from grader.report import Report


def panel_of(report: Report, confusion: tuple[tuple[int, ...], ...]) -> tuple[str, ...]:
    (panel,) = training_panels(replace(report, training=(replace(report.training[0], confusion=confusion),)))
    return panel.reading


def test_panel_carries_the_points_of_its_check(reports: dict[str, Report]) -> None:
    (panel,) = training_panels(reports["sample"])
    assert panel.points.maximum == 9
    assert panel.reached


def test_nan_accuracy_does_not_pass(reports: dict[str, Report]) -> None:
    (panel,) = training_panels(reports["diverging"])
    assert math.isnan(panel.result.test_accuracy)
    assert not panel.reached


def test_reading_names_the_most_frequent_mix_up(reports: dict[str, Report]) -> None:
    said = panel_of(reports["sample"], ((8, 2, 0), (0, 9, 1), (0, 0, 10)))
    assert said == (
        "27 of 30 examples of the test set are classified right.",
        "The most frequent mix-up is class 0 read as class 1, twice.",
    )


def test_reading_says_when_only_one_class_is_ever_predicted(reports: dict[str, Report]) -> None:
    assert panel_of(reports["sample"], ((5, 0), (5, 0)))[1] == "Every example is called class 0."


def test_no_matrix_is_not_read(reports: dict[str, Report]) -> None:
    assert panel_of(reports["sample"], ()) == ()


def test_cells_are_shaded_by_diagonal_and_weight(reports: dict[str, Report]) -> None:
    report = reports["sample"]
    confusion = ((40, 0, 1), (20, 3, 0), (0, 0, 20))
    (panel,) = training_panels(replace(report, training=(replace(report.training[0], confusion=confusion),)))
    assert [[cell.shade for cell in row] for row in panel.confusion] == [
        ["d4", "z", "o1"],
        ["o2", "d1", "z"],
        ["z", "z", "d2"],
    ]
