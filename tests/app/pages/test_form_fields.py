"""Fields of forms: what is read, and what is refused with which field named."""

from datetime import UTC, datetime

import pytest
from starlette.datastructures import FormData

from app.errors import BadForm
from app.pages import form_fields as fields


def form(value: str) -> FormData:
    return FormData([("field", value)])


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-12-18T18:00", datetime(2026, 12, 18, 17, 0, tzinfo=UTC)),
        ("2026-07-18T18:00", datetime(2026, 7, 18, 16, 0, tzinfo=UTC)),
        ("2026-10-25T02:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_on_the_clock_of_the_course_the_kinder_way(local: str, utc: datetime) -> None:
    assert fields.moment(form(local), "field", "Due", "Europe/Berlin") == utc


def test_a_time_that_the_clocks_skip_is_told_and_not_moved() -> None:
    with pytest.raises(BadForm) as refused:
        fields.moment(form("2027-03-28T02:30"), "field", "When it is due", "Europe/Berlin")
    said = "When it is due: on that day the clocks are put forward, and 02:30 never comes. Write 03:30."
    assert (refused.value.field, refused.value.sentence) == ("field", said)


@pytest.mark.parametrize(
    "value", ["soon", "2026-02-30T10:00", "2026-01-01T10:00+01:00", "0001-01-01T00:00", "9999-12-31T23:59"]
)
def test_what_is_no_moment_is_refused(value: str) -> None:
    with pytest.raises(BadForm) as refused:
        fields.moment(form(value), "field", "Due", "UTC")
    assert refused.value.field == "field"


@pytest.mark.parametrize(("value", "read"), [("", None), ("12,5", 12.5), (" 3 ", 3.0), ("0", 0.0)])
def test_a_number_is_read(value: str, read: float | None) -> None:
    assert fields.number(form(value), "field", "Points") == read


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e99", "x", "1.2.3"])
def test_what_is_no_number_in_range_is_refused(value: str) -> None:
    with pytest.raises(BadForm):
        fields.number(form(value), "field", "Points")


@pytest.mark.parametrize("value", ["-1", "1.5", "٣", "9999999", "1e3", "0"])
def test_what_is_no_whole_number_in_range_is_refused(value: str) -> None:
    with pytest.raises(BadForm):
        fields.whole(form(value), "field", "Attempts", 1)


def test_text_is_stripped_and_must_be_there_short_and_printable() -> None:
    assert fields.text(form("  a\r\nb "), "field", "missing") == "a\nb"
    for value in (" ", "x" * 201, "a\x00b", "\u202eabc", "a\x1b[31m"):
        with pytest.raises(BadForm):
            fields.text(form(value), "field", "missing")
    assert fields.optional_text(FormData(), "field") == ""


@pytest.mark.parametrize("value", ["", "Middle/Earth", "../etc/passwd", "/etc/passwd", "Europe", "x" * 100])
def test_what_is_no_time_zone_is_refused(value: str) -> None:
    with pytest.raises(BadForm):
        fields.zone(form(value), "field")


def test_a_time_zone_is_read() -> None:
    assert fields.zone(form("America/Toronto"), "field") == "America/Toronto"
