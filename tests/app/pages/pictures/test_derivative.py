"""The derivative that was used, over the right curve: what it says, its marks, its axes, its table."""

import math
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from app.pages.pictures.derivative import LEFT, RIGHT, TOP, WIDTH, derivative_curve
from grader.report import DerivativePoint, UsedDerivative


def marks(used: UsedDerivative, tag: str, class_: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(derivative_curve(used).svg)
    return [node for node in root.iter() if node.tag == tag and node.get("class") == class_]


def test_says_what_was_used_and_where_it_is_wrong(used_derivative: UsedDerivative) -> None:
    picture = derivative_curve(used_derivative)
    root = ElementTree.fromstring(picture.svg)

    assert "uses is 1 everywhere: that of the ReLU is another at 12 of 24 values of z_h." in picture.finding
    assert root.get("aria-label") == picture.finding
    assert root.get("role") == "img"
    assert [group.get("aria-hidden") for group in root] == ["true"]


def test_its_size_is_known_before_it_is_drawn(used_derivative: UsedDerivative) -> None:
    root = ElementTree.fromstring(derivative_curve(used_derivative).svg)
    assert (root.get("width"), root.get("viewBox")) == (str(WIDTH), f"0 0 {root.get('width')} {root.get('height')}")


def test_wrong_points_are_crosses_and_right_ones_dots(used_derivative: UsedDerivative) -> None:
    assert (len(marks(used_derivative, "path", "x")), len(marks(used_derivative, "circle", "you"))) == (12, 12)


def test_the_right_curve_of_a_relu_jumps_and_that_of_a_sigmoid_does_not(used_derivative: UsedDerivative) -> None:
    def gap(activation: str) -> float:
        left, right = marks(replace(used_derivative, activation=activation), "path", "true")
        ends = str(left.get("d")).split()[-1], str(right.get("d")).removeprefix("M").split()[1]
        return abs(float(ends[0]) - float(ends[1]))

    assert gap("relu") > 100
    assert gap("sigmoid") < 1


def test_axes_are_labelled(used_derivative: UsedDerivative) -> None:
    words = [node.text for node in ElementTree.fromstring(derivative_curve(used_derivative).svg).iter("text")]
    assert {"z_h, given to the ReLU", "derivative", "0", "1", "−3", "3"} <= set(words)


def test_every_point_is_in_the_table(used_derivative: UsedDerivative) -> None:
    table = derivative_curve(used_derivative).table
    assert table.head == ("z_h", "yours", "right")
    assert len(table.rows) == 24
    assert table.rows[0] == ("−2.4", "1", "0")


def test_what_is_no_number_or_far_off_is_a_cross_at_the_edge(used_derivative: UsedDerivative) -> None:
    points = (DerivativePoint(-1.0, math.nan, 0.0), DerivativePoint(0.5, 9e9, 1.0), DerivativePoint(1.0, 1.0, 1.0))
    used = replace(used_derivative, points=points)
    crosses = [str(node.get("d")) for node in marks(used, "path", "x")]
    words = [node.text for node in ElementTree.fromstring(derivative_curve(used).svg).iter("text")]

    assert len(crosses) == 2
    assert all(f" {TOP - 3:.1f} l" in d for d in crosses)
    assert "what lies beyond is drawn at the edge" in words
    assert derivative_curve(used).table.rows[:2] == (("−1", "NaN", "0"), ("0.5", "9e+09", "1"))


@pytest.mark.parametrize("name", ["an activation of later", "<script>alert(1)</script>"])
def test_an_activation_nobody_knows_has_the_curve_of_its_points(name: str, used_derivative: UsedDerivative) -> None:
    used = replace(used_derivative, activation=name, at=name, tensor=name)

    assert len(marks(used, "path", "true")) == 1
    assert "<script" not in derivative_curve(used).svg


def test_all_marks_lie_between_the_axes(used_derivative: UsedDerivative) -> None:
    for node in marks(used_derivative, "circle", "you"):
        assert LEFT <= float(str(node.get("cx"))) <= RIGHT
