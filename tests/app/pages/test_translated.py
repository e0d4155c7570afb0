"""What pages work out in Python is said in the reader's language, also where it is kept for the next reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations

import pytest

from app.pages import numbers, times
from app.pages.account.time_zones import zones_by_region
from app.pages.assignment.handout import handout
from app.pages.assignment.refusal import refusal
from app.pages.exports.csv_table import csv_table
from app.pages.exports.latex_table import escaped
from app.pages.exports.tables import on_page, trainings_table
from app.pages.pictures.error_map import colour_key
from app.pages.report.result import result_view
from app.pages.source.coloured_source import LINE_CHARACTERS, ColouredFile
from grader.report import Report
from grader.translation import spoken
from submissions.errors import RejectedUpload

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


class Quoted(NullTranslations):
    """Says every text between quotation marks of another language."""

    def gettext(self, message: str) -> str:
        return f"»{message}«"

    def ngettext(self, one: str, many: str, n: int) -> str:
        assert isinstance(n, int)  # plural rules of catalogues take nothing else
        return f"»{one if n == 1 else many}«"


@pytest.fixture
def quoted() -> Iterator[None]:
    with spoken(Quoted()):
        yield


@pytest.mark.usefixtures("quoted")
def test_counts_lists_and_sizes() -> None:
    assert (numbers.spelled(3), numbers.spelled(13)) == ("»three«", "13")
    assert numbers.listed(["a", "b", "c"]) == "»a, b and c«"
    assert [numbers.in_points(value) for value in (1, 12.5)] == ["»1 point«", "»12.5 points«"]
    assert numbers.size(4100) == "»4.1 kB«"


@pytest.mark.usefixtures("quoted")
def test_moments() -> None:
    later = NOON + timedelta(days=400)
    assert ">»»Friday« 27 »Nov«, 12:00«<" in times.day_and_time(NOON, "UTC", NOON)
    assert ">»»Saturday« 1 »Jan« 2028, 12:00«<" in times.day_and_time(later, "UTC", NOON)
    assert times.distance(later, NOON) == "»in 400 days«"
    assert times.distance(NOON, NOON) == "»just now«"
    assert times.zone_name(NOON, "America/Toronto") == "»Toronto time, UTC−5«"


def test_what_is_kept_for_the_next_reader_is_kept_apart_by_language() -> None:
    text, line = "```\nx\n```\n", "#" + "x" * LINE_CHARACTERS
    for _reader in range(2):
        assert 'aria-label="Code 1"' in handout(text)
        assert "… 1 more characters" in ColouredFile("a.py", line).whole().lines[0].html
        assert "Everywhere" in zones_by_region()
        with spoken(Quoted()):
            assert 'aria-label="»Code 1«"' in handout(text)
            assert "… 1 more characters«" in ColouredFile("a.py", line).whole().lines[0].html
            assert {"»Everywhere«", "»Europe«"} <= set(zones_by_region())


def test_tables_that_are_made_at_import_are_said_when_they_are_shown() -> None:
    with spoken(Quoted()):
        assert colour_key()[0] == "»matches«"
        assert refusal(RejectedUpload(()))[1].comfort.startswith("»Nothing was handed in")
    assert colour_key()[0] == "matches"


@pytest.mark.usefixtures("quoted")
def test_a_page_names_the_columns_of_a_table_and_a_file_keeps_the_english_ones(reports: dict[str, Report]) -> None:
    table = trainings_table(reports["sample"].training)
    assert on_page(table).head[0] == "»training«"
    assert csv_table(table).startswith("training,data,train loss")


def test_a_summary_may_emphasise_its_findings_elsewhere(reports: dict[str, Report]) -> None:
    class Turned(NullTranslations):
        """A language that says first what is lost."""

        def ngettext(self, one: str, many: str, n: int) -> str:
            said = one if n == 1 else many
            return "The other {points}: <b>{n} findings</b>." if said.startswith("<b>") else said

    with spoken(Turned()):
        summary = result_view(replace(reports["sample"]), lambda _lines: None).summary
    assert summary.first == "Five of seven parts are right. The other 26 points:"
    assert (summary.emphasis, summary.rest) == ("two findings", ".")


def test_letters_of_a_translated_caption_reach_latex() -> None:
    assert escaped("Verlust über Größe: é ç č å ł") == r"Verlust \"{u}ber Gr\"{o}\ss{}e: \'{e} \c{c} \v{c} \r{a} \l{}"
    assert escaped("字 ы") == "? ?"
