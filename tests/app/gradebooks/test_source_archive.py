"""The zip of everything handed in: whole, made piece by piece, with names that are safe everywhere."""

import io
import zipfile
from datetime import UTC, datetime

import pytest

from app.gradebooks.source_archive import LONGEST_NAME, Entry, archive, entry_name, safe
from submissions.models import Submission, User

NOW = datetime(2026, 11, 21, 14, 2, 6, tzinfo=UTC)


def test_the_pieces_make_a_zip_that_holds_every_byte() -> None:
    entries = [Entry(f"a-{number}/x.py", bytes([number]) * 5000, NOW) for number in range(5)]
    pieces = list(archive(entries))
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as made:
        assert made.testzip() is None
        assert {info.filename: made.read(info) for info in made.infolist()} == {one.name: one.data for one in entries}
        assert made.infolist()[0].date_time == (2026, 11, 21, 14, 2, 6)
    assert len(pieces) == 6


def test_an_entry_is_given_on_before_the_next_is_asked_for() -> None:
    asked = []

    def entries() -> object:
        for number in range(2):
            asked.append(number)
            yield Entry(str(number), b"x", NOW)

    made = archive(entries())  # type: ignore[arg-type]  # any iterable of entries
    assert next(made)
    assert asked == [0]


def test_nothing_handed_in_is_an_empty_zip() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(archive([])))) as made:
        assert made.namelist() == []


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a1.py", "a1.py"),
        ("../../etc/passwd", "etc_passwd"),
        ("C:\\windows\\x.py", "C_windows_x.py"),
        (".bashrc", "bashrc"),
        ("-rf *", "rf"),
        ("con.py", "_con.py"),
        ("Zoë Müller", "Zo_M_ller"),
        ("\u202e\x00", "_"),
        ("", "_"),
        ("a\nb.py", "a_b.py"),
    ],
)
def test_names_are_safe(name: str, made: str) -> None:
    assert safe(name) == made


def test_long_names_are_cut_and_keep_their_ending() -> None:
    cut = safe("x" * 300 + ".ipynb")
    assert len(cut) <= LONGEST_NAME
    assert cut.endswith(".ipynb")
    assert safe("ab" * 150) == ("ab" * 150)[:LONGEST_NAME]


def test_people_of_one_name_have_a_folder_each() -> None:
    names = {
        entry_name(User(user, "e", "Ada / Novak", False, NOW), Submission("s", "a", user, 3, "../a.py", 1, "", NOW))
        for user in ("0123456789", "9876543210")
    }
    assert names == {"Ada_Novak-01234567/attempt-003-a.py", "Ada_Novak-98765432/attempt-003-a.py"}
