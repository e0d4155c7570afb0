"""Learning curves: reference, threshold, values that are no numbers."""

import math
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

from app.pages.pictures.curve import accuracy_curve, loss_curve
from grader.report import EpochPoint, TrainingResult

MakeTraining = Callable[..., TrainingResult]


def test_accuracy_names_the_threshold_and_both_ends(training: MakeTraining) -> None:
    picture = accuracy_curve(training())
    assert "yours goes from .090 to .960" in picture.finding
    assert (
        "The threshold is .92: correct code ends in the band above it with probability above .999." in picture.finding
    )
    assert 'class="thr"' in picture.svg
    assert ".92 passes" in picture.svg


def test_the_band_of_correct_code_reaches_from_the_threshold_to_1(training: MakeTraining) -> None:
    made = training()
    drawn = ElementTree.fromstring(accuracy_curve(made).svg)
    band, threshold = drawn.find(".//*[@class='band']"), drawn.find(".//*[@class='thr']")
    assert band is not None
    assert threshold is not None
    foot = float(band.attrib["y"]) + float(band.attrib["height"])
    assert threshold.attrib["d"].startswith(f"M36 {foot:g}L")
    assert 'class="band"' not in loss_curve(made).svg
    above = accuracy_curve(replace(made, threshold=1.0)).svg
    assert 'height="0"' in above


def test_accuracy_axis_starts_at_80_only_when_it_says_so(training: MakeTraining) -> None:
    assert "earlier epochs are below .80" in accuracy_curve(training()).svg
    low = training()
    low = replace(low, curve=tuple(replace(point, test_accuracy=0.1) for point in low.curve))
    assert "earlier epochs" not in accuracy_curve(low).svg
    assert ">0<" in accuracy_curve(low).svg


def test_loss_that_diverges_is_marked_with_its_first_epoch(training: MakeTraining) -> None:
    picture = loss_curve(training(diverges=True))
    assert "not finite from epoch 50" in picture.svg
    assert ("50", "NaN") in [row[:2] for row in picture.table.rows]
    assert "nan" not in picture.svg.replace("NaN", "")


def test_curves_without_any_finite_value_are_still_drawn(training: MakeTraining) -> None:
    nothing = tuple(EpochPoint(epoch, math.nan, math.nan, math.inf, math.nan) for epoch in (0, 10))
    broken = replace(training(), curve=nothing, reference_curve=())
    for picture in (loss_curve(broken), accuracy_curve(broken)):
        ElementTree.fromstring(picture.svg)


def test_table_has_every_epoch_of_both_curves(training: MakeTraining) -> None:
    made = training()
    picture = loss_curve(replace(made, reference_curve=made.reference_curve[:2]))
    assert [row[0] for row in picture.table.rows] == ["0", "1", "5", "15", "50", "100", "200"]
    assert picture.table.rows[-1][2] == "–"
