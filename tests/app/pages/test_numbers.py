"""Numbers as people read them."""

import math

from app.pages import numbers


def test_points_have_no_needless_decimals() -> None:
    assert [numbers.points(value) for value in (74.0, 12.5, 20 / 3, -0.001, -4)] == ["74", "12.5", "6.67", "0", "−4"]


def test_changes_carry_their_sign() -> None:
    assert [numbers.signed(value) for value in (4.0, 0.0, -2.5)] == ["+4", "0", "−2.5"]


def test_fractions_lose_the_leading_zero_but_not_the_one() -> None:
    assert [numbers.fraction(value) for value in (0.96, 1.0, math.nan)] == [".960", "1.000", "NaN"]


def test_not_finite_numbers_are_named() -> None:
    assert [numbers.plain(value) for value in (math.inf, -math.inf, math.nan, 1e-5)] == ["∞", "−∞", "NaN", "1e−05"]


def test_scientific_only_where_there_is_an_exponent() -> None:
    assert numbers.scientific(2.2e-16) == ("2.2", "−16")
    assert numbers.scientific(0.0) is None
    assert numbers.scientific(math.inf) is None


def test_lists_read_as_sentences() -> None:
    assert [numbers.listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_sizes_and_durations_name_their_unit() -> None:
    assert [numbers.size(value) for value in (999, 4100, 1_048_576)] == ["999 bytes", "4.1 kB", "1.0 MB"]
    assert [numbers.seconds(value) for value in (0.04, 3.14, 41.2, 130)] == ["0.04 s", "3.1 s", "41 s", "2 min"]
