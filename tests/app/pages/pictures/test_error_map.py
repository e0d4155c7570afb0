"""The error map: what it says, its colours, its size, its table."""

import math
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

from app.pages.pictures.error_map import error_map, exponent_text
from grader.report import TensorResult

MakeTensor = Callable[[int, int], TensorResult]


def test_says_how_much_is_wrong_and_which_columns_match(error_map_tensor: MakeTensor) -> None:
    picture = error_map(error_map_tensor(7, 11))
    assert "dW_h, 7 by 11: 56 of 77 entries are wrong" in picture.finding
    assert "Matching columns: 4, 6 and 8." in picture.finding
    assert ElementTree.fromstring(picture.svg).get("aria-label") == picture.finding


def test_has_a_cell_for_each_entry_and_the_same_values_as_table(error_map_tensor: MakeTensor) -> None:
    picture = error_map(error_map_tensor(2, 3))
    cells = [node for node in ElementTree.fromstring(picture.svg).iter() if node.tag == "rect"]
    assert len(cells) == 6
    assert picture.table.head == ("row", "column 0", "column 1", "column 2")
    assert [row[0] for row in picture.table.rows] == ["0", "1"]


def test_largest_map_stays_readable_by_growing_wider(error_map_tensor: MakeTensor) -> None:
    root = ElementTree.fromstring(error_map(error_map_tensor(24, 24)).svg)
    assert "wide" in str(root.get("class")).split()
    assert float(str(root.get("width"))) >= 24 * 29


def test_nan_is_wrong_and_darkest(error_map_tensor: MakeTensor) -> None:
    tensor = replace(error_map_tensor(1, 2), error_map=((math.nan, -16.0),))
    picture = error_map(tensor)
    assert 'class="f4"' in picture.svg
    assert "1 of 2 entries are wrong, some not finite." in picture.finding


def test_differences_within_the_tolerance_match(error_map_tensor: MakeTensor) -> None:
    picture = error_map(replace(error_map_tensor(1, 1), error_map=((-9.5,),)))
    assert "the entries shown match" in picture.finding


def test_says_when_the_tensor_is_larger_than_the_map(error_map_tensor: MakeTensor) -> None:
    picture = error_map(replace(error_map_tensor(2, 2), shape=(64, 64)))
    assert "The first 4 are shown." in picture.finding


def test_exponents_keep_their_sign_and_width() -> None:
    assert [exponent_text(value) for value in (-16.0, -0.7, 0.0, -0.04, math.inf)] == ["−16", "−0.7", "0.0", "0.0", "∞"]


def test_errors_without_a_finite_size_are_written_as_such(error_map_tensor: MakeTensor) -> None:
    picture = error_map(replace(error_map_tensor(1, 2), error_map=((16.0, -16.0),)))
    assert "some not finite" in picture.finding
    assert picture.table.rows == (("0", "∞", "−16"),)
