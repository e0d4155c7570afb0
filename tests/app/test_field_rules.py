"""What a field may hold, for forms and JSON alike."""

from datetime import UTC, datetime

import pytest

from app.field_rules import can_be_shown, is_of_our_time, is_one_line, is_zone, on_one_line, skipped


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("", True),
        ("a\tb\nc", True),
        ("é€😀", True),
        ("\U0001f469\u200d\U0001f393\u00a0!", True),
        ("\x00", False),
        ("\r", False),
    ],
)
def test_text_shows_with_its_breaks(text: str, shows: bool) -> None:
    assert can_be_shown(text) is shows


@pytest.mark.parametrize(
    ("text", "is_one", "shown"),
    [
        ("Ada Lovelace", True, "Ada Lovelace"),
        ("a\nb", False, "a b"),
        ("a\tb", False, "a b"),
        ("a\u2028b", False, "a b"),
        ("a\u202eb", False, "a b"),  # turns what follows around
        ("a\ufeffb", False, "a b"),
    ],
)
def test_a_name_is_one_line(text: str, is_one: bool, shown: str) -> None:
    assert is_one_line(text) is is_one
    assert on_one_line(text) == shown


@pytest.mark.parametrize(
    "name",
    [
        "Jos\u00e9\N{NO-BREAK SPACE}Garc\u00eda",
        "\u5c71\u7530\N{IDEOGRAPHIC SPACE}\u592a\u90ce",
        "\u0639\u0644\u06cc\N{ZERO WIDTH NON-JOINER}\u0631\u0636\u0627",
        "\U0001f469\N{ZERO WIDTH JOINER}\U0001f393",
    ],
)
def test_names_are_spelled_as_in_any_script(name: str) -> None:
    assert is_one_line(name)
    assert can_be_shown(f"{name}\n")
    assert on_one_line(name) == name


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("Europe/Berlin", True), ("UTC", True), ("Mars", False), ("", False), ("../UTC", False), ("a\x00b", False)],
)
def test_a_zone_is_one_of_the_tables(name: str, is_one: bool) -> None:
    assert is_zone(name) is is_one


def test_years_of_a_slip_are_none_of_ours() -> None:
    years = [1999, 2000, 2200, 2201]
    assert [is_of_our_time(datetime(year, 6, 1, tzinfo=UTC)) for year in years] == [False, True, True, False]


@pytest.mark.parametrize(
    ("local", "zone", "shown"),
    [
        (datetime(2027, 3, 28, 2, 30), "Europe/Berlin", datetime(2027, 3, 28, 3, 30)),
        (datetime(2027, 3, 28, 3, 0), "Europe/Berlin", None),
        (datetime(2026, 10, 25, 2, 30), "Europe/Berlin", None),
        (datetime(2027, 3, 28, 2, 30), "UTC", None),
        (datetime(2026, 10, 4, 2, 10), "Australia/Lord_Howe", datetime(2026, 10, 4, 2, 40)),
    ],
)
def test_a_time_that_clocks_skip_is_found(local: datetime, zone: str, shown: datetime | None) -> None:
    assert skipped(local, zone) == shown
