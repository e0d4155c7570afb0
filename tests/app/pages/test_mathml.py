"""Counterexamples as MathML."""

from xml.etree import ElementTree

import pytest

from app.pages.mathml import drawable, equation, quantity, shape_text, symbol
from grader.report import Evidence


def test_matrix_has_a_cell_for_each_entry_and_small_fractions_stay_fractions() -> None:
    root = ElementTree.fromstring(equation("W_h", [[1, -0.25], [1 / 3, 0]]))
    assert len(list(root.iter("mtd"))) == 4
    assert ["".join(node.itertext()) for node in root.iter("mfrac")] == ["14", "13"]
    assert root.find("msub") is not None


def test_other_numbers_are_decimals_with_a_real_minus() -> None:
    assert "".join(ElementTree.fromstring(quantity(-0.123456)).itertext()) == "−0.1235"


def test_numbers_json_cannot_carry_arrive_as_strings() -> None:
    assert "NaN" in quantity(["nan"])
    assert drawable(["nan", "-inf", 1])


def test_names_are_escaped() -> None:
    assert "<script>" not in symbol("<script>")


@pytest.mark.parametrize(
    ("value", "shape"), [(1.0, ""), ([1, 2], "(2,)"), ([[1, 2]], "(1, 2)"), ([[1], [1, 2]], ""), ([], "(0,)")]
)
def test_shapes(value: Evidence, shape: str) -> None:
    assert shape_text(value) == shape


@pytest.mark.parametrize("value", ["text", [["a"]], [[0] * 13], [0] * 13, [], None, {"a": 1}])
def test_what_cannot_be_worked_by_hand_is_not_drawable(value: Evidence) -> None:
    assert not drawable(value)
