"""Skipped statements are told by block, so that a whole script is one line of the report."""

from grader.load_notes import MOST_BLOCKS, load_notes
from grader.messages import note_sentence
from grader.sandbox import Loaded


def test_neighbours_are_one_note_and_distant_statements_another() -> None:
    skipped = ((10, 10, "call of print"), (12, 14, "for loop"), (40, 41, "if __name__"))

    first, second = load_notes(Loaded((), skipped=skipped))

    assert first.lines == (10, 14)
    assert first.evidence == {"what": ["call of print", "for loop"], "statements": 2}
    assert second.lines == (40, 41)
    assert note_sentence(first) == "Not run when loading your file: call of print and for loop."


def test_a_long_script_names_four_and_counts_the_rest() -> None:
    skipped = tuple((line, line, f"assignment to s{line}") for line in range(1, 30))

    (note,) = load_notes(Loaded((), skipped=skipped))

    assert note.lines == (1, 29)
    assert note_sentence(note).endswith("assignment to s4 and 25 more.")


def test_a_statement_told_twice_is_named_once_and_stand_ins_follow() -> None:
    notes = load_notes(
        Loaded((), skipped=((1, 1, "call of print"), (2, 2, "call of print")), stand_ins=("torch", "tqdm"))
    )

    assert [note.code for note in notes] == ["SKIPPED_AT_LOAD", "STAND_IN", "NOT_SHOWN"]
    assert notes[0].evidence == {"what": ["call of print"], "statements": 2}
    assert notes[1].evidence == {"module": "torch"}


def test_more_blocks_than_anybody_reads_are_one_note() -> None:
    notes = load_notes(Loaded((), skipped=tuple((9 * line, 9 * line, "!ls") for line in range(1, MOST_BLOCKS + 41))))

    assert len(notes) == MOST_BLOCKS + 1
    assert (notes[-1].lines, notes[-1].evidence) == ((), {"what": ["40 more"], "statements": 40})
    assert note_sentence(notes[-1]) == "Not run when loading your file: 40 more."


def test_another_file_that_does_not_load_has_no_lines() -> None:
    first, second = load_notes(Loaded((), skipped=((0, 0, "layers.py (SyntaxError on line 3)"), (2, 2, "del"))))

    assert first.lines == ()
    assert note_sentence(first) == "Not run when loading your file: layers.py (SyntaxError on line 3)."
    assert second.lines == (2, 2)
