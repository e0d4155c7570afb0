"""What a column is out of: scores are brought to it, and none that stands there is overwritten without a word."""

import pytest

from app.errors import BadForm
from app.gradebooks.filling import Filled, Replaced, fill
from app.gradebooks.scores import AssignmentScores, LearnerScore
from app.gradebooks.sheet import read_sheet

SCORES = AssignmentScores("Nets", 100.0, (LearnerScore("Ada", "ada@x.org", 82.0), LearnerScore("Bo", "bo@x.org", 50)))


def filled(title: str, *cells: str, possible: str | None = None, scores: AssignmentScores = SCORES) -> Filled:
    lines = [["Email", title], *([] if possible is None else [["    Points Possible", possible]])]
    lines += [[one.email, cell] for one, cell in zip(scores.learners, cells, strict=True)]
    text = "\n".join("\t".join(line) for line in lines)
    return fill(read_sheet(text.encode()), scores, title)


def column(found: Filled) -> list[str]:
    return [row[1] for row in found.sheet.rows if "@" in row[0]]


@pytest.mark.parametrize(
    ("title", "possible", "theirs", "written"),
    [
        ("Nets (4711)", "50", 50.0, ["41", "25"]),
        ("Nets (4711)", "100", 100.0, ["82", "50"]),
        ("Nets (4711)", "1,000.00", 1000.0, ["820", "500"]),
        ("Nets (4711)", "", None, ["82", "50"]),
        ("Nets [Total Pts: 50 Score] |77", None, 50.0, ["41", "25"]),
        ("Nets [Total Pts: up to 10 Score] |77", None, 10.0, ["8.2", "5"]),
        ("Nets [Total Pts: 50 Percentage] |77", None, 100.0, ["82", "50"]),
        ("Nets Points Grade <Numeric MaxPoints:50 Weight:10>", None, 50.0, ["41", "25"]),
        ("Nets <Points Grade MaxPoints:20>", None, 20.0, ["16.4", "10"]),
        ("Assignment: Nets (Percentage)", None, 100.0, ["82", "50"]),
        ("Assignment: Nets (Real)", None, None, ["82", "50"]),
    ],
)
def test_scores_are_brought_to_what_the_column_is_out_of(
    title: str, possible: str | None, theirs: float | None, written: list[str]
) -> None:
    found = filled(title, "", "", possible=possible)

    assert (found.scale.theirs, column(found)) == (theirs, written)
    assert found.scale.differs == (theirs not in (None, 100.0))


def test_an_assignment_worth_nothing_is_written_as_it_is() -> None:
    nothing = AssignmentScores("Nets", 0.0, (LearnerScore("Ada", "ada@x.org", 0.0),))

    assert column(filled("Nets (1)", "", possible="50", scores=nothing)) == ["0"]
    assert column(filled("Nets (1)", "", possible="0", scores=nothing)) == ["0"]


@pytest.mark.parametrize(
    ("title", "possible", "said"),
    [
        ("Nets (4711)", "0", "is out of 0 points"),
        ("Nets [Total Pts: 0 Score] |77", None, "is out of 0 points"),
        ("Nets (Letter)", None, "holds no points"),
        ("Nets [Total Pts: 50 Letter] |77", None, "holds no points"),
        ("Nets Scheme Symbol", None, "holds no points"),
    ],
)
def test_a_column_that_takes_no_points_is_refused(title: str, possible: str | None, said: str) -> None:
    with pytest.raises(BadForm, match=said):
        filled(title, "", "", possible=possible)


def test_scores_that_would_be_overwritten_by_others_are_told_and_can_be_kept() -> None:
    found = filled("Nets (4711)", "55", "25.00", possible="50")

    assert found.replaced == (Replaced("Ada", "55", "41"),)
    assert column(found) == ["41", "25"]
    assert [row[1] for row in found.keeping.rows[2:]] == ["55", "25.00"]


def test_nothing_that_stands_for_no_score_is_overwritten_with_a_warning() -> None:
    assert filled("Nets", "-", "").replaced == ()
    assert filled("Nets", "82,00", "50.001").replaced == ()
    assert filled("Nets", "EX", "").replaced == (Replaced("Ada", "EX", "82"),)
    assert [row[1] for row in filled("Nets", "EX", "-").keeping.rows[1:]] == ["EX", "50"]
