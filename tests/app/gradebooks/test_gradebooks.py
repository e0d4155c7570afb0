"""Files for gradebooks: what each importer reads, and an instructor's own file with nothing else changed in it."""

import csv
import io

import pytest

from app.errors import BadForm
from app.gradebooks.cells import number, points, text
from app.gradebooks.filling import Line, fill
from app.gradebooks.new_files import NEW_FILES, without_user_name
from app.gradebooks.scores import AssignmentScores, LearnerScore
from app.gradebooks.sheet import read_sheet

SCORES = AssignmentScores(
    "Networks, by hand",
    50.0,
    (
        LearnerScore("Ada Lovelace", "ada@example.org", 41.25),
        LearnerScore("=cmd()", "bashir@example.org", 50.0),
        LearnerScore("Nora Nothing", "nora@example.org", None),
    ),
)


def rows(data: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data, newline="")))


def test_canvas() -> None:
    head, possible, ada, formula, nora = rows(NEW_FILES["canvas"](SCORES))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Networks, by hand"]
    assert "Points Possible" in possible[0] and possible[5] == "50"
    assert (ada[3], ada[5]) == ("ada@example.org", "41.25") and formula[0] == "'=cmd()" and nora[5] == ""


def test_moodle() -> None:
    assert rows(NEW_FILES["moodle"](SCORES))[:2] == [
        ["email", "fullname", "Networks, by hand"],
        ["ada@example.org", "Ada Lovelace", "41.25"],
    ]


def test_brightspace() -> None:
    head, ada, *_ = rows(NEW_FILES["brightspace"](SCORES))
    assert head == ["Username", "Networks, by hand Points Grade", "End-of-Line Indicator"]
    assert ada == ["#ada", "41.25", "#"]


def test_blackboard() -> None:
    head, ada, *_ = rows(NEW_FILES["blackboard"](SCORES))
    assert head == ["Username", "Networks, by hand [Total Pts: 50 Score]"] and ada == ["ada", "41.25"]


CANVAS = (
    'Student,ID,SIS User ID,SIS Login ID,Section,"Networks, by hand (4711)",Essay (12)\r\n'
    ",,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,50,10\r\n"
    '"Lovelace, Ada",17,s1,ada@example.org,A,,9\r\n'
    '"Else, Somebody",18,s2,else@example.org,A,3,8\r\n'
)


def test_an_export_of_canvas_is_filled_in_and_nothing_else_changes() -> None:
    filled = fill(read_sheet(CANVAS.encode()), SCORES)
    assert filled.column == "Networks, by hand (4711)" and filled.filled == 1
    assert filled.not_here == ("=cmd()",) and filled.not_ours == (Line(5, "Else, Somebody"),)
    assert filled.sheet.written().decode() == CANVAS.replace("A,,9", "A,41.25,9")


def test_an_export_of_blackboard_keeps_its_encoding_and_its_tabs() -> None:
    data = (
        '"Last Name"\t"Username"\t"Networks, by hand [Total Pts: 50 Score] |12345"\r\n"Lovelace"\t"ada"\t""\r\n'
    ).encode("utf-16")
    filled = fill(read_sheet(data), SCORES)
    assert filled.sheet.written()[:2] == data[:2]
    assert filled.sheet.written().decode("utf-16").splitlines()[1] == '"Lovelace"\t"ada"\t"41.25"'


def test_two_people_with_one_user_name_are_in_no_file_that_goes_by_it() -> None:
    people = ("ada@demo.example", "Ada@x.example", "alan@x.example", "3c6c@p1.lti.invalid", "9f@p1.lti.invalid")
    scores = AssignmentScores("X", 1.0, tuple(LearnerScore(one, one, 1.0) for one in people))

    for kind in ("brightspace", "blackboard"):
        assert [row[0].lstrip("#") for row in rows(NEW_FILES[kind](scores))[1:]] == ["alan"]
    assert [one.email for one in without_user_name(scores)] == [people[0], people[1], *people[3:]]
    assert len(rows(NEW_FILES["moodle"](scores))) == 6


def test_a_comma_in_a_quoted_title_does_not_make_all_cells_quoted() -> None:
    data = b'"Student, his name",Email,"Networks, by hand"\r\nAda,ada@example.org,\r\n'
    assert fill(read_sheet(data), SCORES).sheet.written() == data.replace(b".org,", b".org,41.25")


@pytest.mark.parametrize("kind", NEW_FILES)
def test_no_cell_is_run_as_a_formula_and_no_made_up_address_is_written(kind: str) -> None:
    nobody = LearnerScore("@SUM(1)", "3c6c@p1.lti.invalid", 1.0)
    cells = [cell for row in rows(NEW_FILES[kind](AssignmentScores("=1+1", 2.0, (nobody,)))) for cell in row]
    assert any("=1+1" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in cells if "3c6c" in cell]


def test_exports_of_moodle_and_brightspace() -> None:
    moodle = "\ufeffFirst name,Surname,Email address,Networks (Real)\r\nAda,Lovelace,ada@example.org,-\r\n"
    filled = fill(read_sheet(moodle.encode()), SCORES, "Networks (Real)")
    assert filled.sheet.rows[1][3] == "41.25" and filled.sheet.written().startswith(b"\xef\xbb\xbf")
    brightspace = (
        '"Username","Networks, by hand Points Grade <Numeric MaxPoints:50>","End-of-Line Indicator"\r\n#ada,,#\r\n'
    )
    assert fill(read_sheet(brightspace.encode()), SCORES).sheet.rows[1] == ("#ada", "41.25", "#")


def test_a_name_that_two_share_gets_no_score() -> None:
    twins = AssignmentScores("X", 1.0, (LearnerScore("Al Bo", "a@x.org", 1.0), LearnerScore("Al Bo", "b@x.org", 0.5)))
    filled = fill(read_sheet(b"Student,X\r\nAl Bo,\r\n"), twins)
    assert filled.sheet.rows[1] == ("Al Bo", "") and filled.not_here == ("Al Bo", "Al Bo")


ZHANG = AssignmentScores("X", 1.0, (LearnerScore("Wei Zhang", "wz1@x.org", 1.0),))


@pytest.mark.parametrize(
    ("data", "scores"),
    [
        # a stranger of the same name, told apart by the address
        ("Student,SIS Login ID,X\r\nWei Zhang,wz1@x.org,\r\nWei Zhang,wz2@x.org,\r\n", ["1", ""]),
        ("Student,SIS Login ID,X\r\nWei Zhang,wz2@x.org,\r\n", [""]),
        # nothing tells them apart
        ('Student,X\r\n"Zhang, Wei",\r\nWei Zhang,\r\n', ["", ""]),
        ("Student,SIS Login ID,X\r\nWei Zhang,wz2@x.org,\r\nWei Zhang,,\r\n", ["", ""]),
        # a name alone, and nobody else is called so
        ("Student,SIS Login ID,X\r\nWei Zhang,,\r\n", ["1"]),
        # the same user name elsewhere
        ("Username,Email address,X\r\nwz1,wz1@y.org,\r\nwz1,wz1@x.org,\r\n", ["", "1"]),
        ("Username,Email address,X\r\nsomething,wz1@x.org,\r\nwz1,,\r\n", ["1", "1"]),
    ],
)
def test_a_stranger_gets_no_score_of_ours(data: str, scores: list[str]) -> None:
    """A name that is one of ours is not enough where an address says that it is somebody else."""
    assert [row[-1] for row in fill(read_sheet(data.encode()), ZHANG).sheet.rows[1:]] == scores


def test_a_line_that_names_two_of_ours_gets_no_score() -> None:
    two = AssignmentScores("X", 1.0, (*ZHANG.learners, LearnerScore("Ada", "ada@x.org", 0.5)))
    filled = fill(read_sheet(b"Username,Login ID,X\r\nada,wz1,\r\n"), two)
    assert filled.sheet.rows[1] == ("ada", "wz1", "")


def test_a_short_line_is_made_long_enough() -> None:
    assert fill(
        read_sheet(b"Email,A,X\r\na@x.org\r\n"), AssignmentScores("X", 1, (LearnerScore("A", "a@x.org", 1.0),))
    ).sheet.rows[1] == ("a@x.org", "", "1")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no line of a learner"),
        (b"Student,X\r\n", "no line of a learner"),
        (b"PK\x03\x04\0\0", "save it as CSV"),
        (b"Student,\0", "NUL bytes"),
        (b"\x81\x81,\x81\r\n", "not text"),
        (
            b"Student,Essay\r\nAda,1\r\n",
            "No column of the file is called Networks, by hand. Its columns: Student, Essay",
        ),
        (b'Student,"Networks, by hand","Networks, by hand"\r\nAda,1,2\r\n', "More than one column"),
        (b'Who,"Networks, by hand"\r\nAda,1\r\n', "No column says who"),
    ],
)
def test_what_is_no_gradebook_is_said(data: bytes, said: str) -> None:
    with pytest.raises(BadForm, match=said):
        fill(read_sheet(data), SCORES)


def test_cells() -> None:
    assert (points(None), points(0.0), points(41.25), points(33.33333), points(100.0)) == (
        "",
        "0",
        "41.25",
        "33.3333",
        "100",
    )
    assert [text(value) for value in ("=1", " +1", "-a", "@x", "\tx", "plain", "a=b")] == [
        "'=1",
        "' +1",
        "'-a",
        "'@x",
        "'\tx",
        "plain",
        "a=b",
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("50", 50.0),
        (" 82,5 ", 82.5),
        ("1,000.50", 1000.5),
        ("1.000,5", 1000.5),
        ("1,000", 1000.0),
        ("85.00 %", 85.0),
        ("EX", None),
        ("", None),
        ("inf", None),
    ],
)
def test_numbers_are_read_however_an_exporter_writes_them(cell: str, value: float | None) -> None:
    assert number(cell) == value


def test_lines_about_nobody_are_named_by_what_they_say_first() -> None:
    sheet = read_sheet(b"ID,Email address,Networks by hand\r\n7,ada@example.org,\r\n8,eve@x.org,\r\n9,,\r\n")
    filled = fill(sheet, SCORES, "Networks by hand")
    assert filled.not_ours == (Line(3, "eve@x.org"), Line(4, "9"))
