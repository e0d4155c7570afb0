"""The table lines up, and says what is not known."""

from tests.benchmarks.gradcheck.table import Row, table


def test_columns_line_up_and_what_was_not_measured_is_a_dash() -> None:
    rows = {
        "core": Row({"100": 0.25}, wrong_ms=7.25, caught="3/4"),
        "a_long_name": Row({"100": 1234.5}, {"100": 4938.0}),
    }
    lines = [remark.text for remark in table(rows, ["100", "10k"])]

    assert len({len(line) for line in lines}) == 1
    assert lines[1].split() == ["core", "0.25", "-", "-", "-", "-", "-", "7.25", "3/4", "-", "-"]
    assert lines[2].split() == ["a_long_name", "1234", "-", "4938", "-", "-", "-", "-", "-", "-", "-"]
