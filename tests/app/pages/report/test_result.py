"""The result view: sentences that add up, rows that lead somewhere."""

from collections.abc import Sequence
from dataclasses import replace

from app.pages.report.result import result_view
from app.pages.source.coloured_source import Excerpt
from app.pages.verdicts import Share
from grader.report import Note, Report, Score


def nowhere(lines: Sequence[int]) -> Excerpt | None:
    return None


def test_summary_counts_parts_and_findings_and_lost_points(reports: dict[str, Report]) -> None:
    summary = result_view(reports["sample"], nowhere).summary
    assert summary.first == "Five of seven parts are right."
    assert (summary.emphasis, summary.rest) == ("Two findings", "explain the other 26 points.")


def test_full_marks_have_no_second_sentence(reports: dict[str, Report]) -> None:
    report = reports["sample"]
    full = replace(report, parts=report.parts[:4], score=Score(42, 42))
    summary = result_view(full, nowhere).summary
    assert (summary.first, summary.emphasis, summary.rest) == ("All four parts are right.", "", "")


def test_parts_lead_to_their_finding_or_to_what_is_right(reports: dict[str, Report]) -> None:
    rows = {row.part.name: row for row in result_view(reports["sample"], nowhere).parts}
    assert (rows["relu"].anchor, rows["relu"].word, rows["relu"].share) == ("right", "passed", Share.FULL)
    assert (rows["backward_prop"].word, rows["backward_prop"].share) == ("dW_h wrong", Share.SOME)
    assert rows["grad_ce"].anchor == "finding-1"


def test_skipped_checks_are_listed_as_not_checked(reports: dict[str, Report]) -> None:
    view = result_view(reports["verdicts"], nowhere)
    assert [part for part, _, _ in view.not_checked] == ["skipped"]
    assert next(row.anchor for row in view.parts if row.part.name == "skipped") == "not-checked"


def test_what_is_right_names_probes_and_the_largest_difference(reports: dict[str, Report]) -> None:
    row = result_view(reports["sample"], nowhere).passed[0]
    assert (row.part, row.kinds, row.probes, row.difference) == ("relu", ("contract", "forward"), (14, 14), 2.2e-16)
    assert row.tolerance == 1e-9


def test_prints_are_made_visible_and_capped(reports: dict[str, Report]) -> None:
    view = result_view(replace(reports["hostile"], printed="\x1b" + "x" * 30_000), nowhere)
    assert view.printed.startswith("␛xx")
    assert view.printed_left_out == 30_001 - 20_000


def test_functions_that_a_note_names_are_told_apart_from_its_words(reports: dict[str, Report]) -> None:
    own = Note("GRADED_ON_OWN", {"function": "train", "given": ["backward_prop", "step"]}, (49, 61))
    notes = (own, Note("SPELLING", {"asked": "relu", "found": "ReLU"}), Note("COMPLEX_NUMBERS"))
    view = result_view(replace(reports["sample"], notes=notes), lambda _: None)

    assert [names for _, _, names in view.notes] == [("train", "backward_prop", "step"), ("ReLU", "relu"), ()]
