"""The file of rows says what it holds, and damage to it is noticed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from submissions.backups.manifest import Contents
from submissions.backups.table_rows import TableRows, examined, write_header, write_rows
from submissions.errors import BackupRefused

TABLES = [TableRows("one", ("a", "b")), TableRows("none", ("a",))]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "database.rows"
    with path.open("wb") as stream:
        write_header(stream, "0010", TABLES)
        assert write_rows(stream, [b"1\tx\\n", b"y\n", b"2\t\\N\n3\tz\n"]) == 3
        assert write_rows(stream, []) == 0
    return path


def test_it_says_what_it_holds(file: Path) -> None:
    assert examined(file) == Contents("0010", {"one": 3, "none": 0})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2\t", b"2"),
        (b"3\tz\n", b"3\tz"),
        (b"\\.\n", b""),
        (b'"revision"', b'"evision"'),
        (b'{"rev', b'["rev'),
        (b'"columns"', b'"column"'),
    ],
)
def test_damage_is_noticed(file: Path, old: bytes, new: bytes) -> None:
    file.write_bytes(file.read_bytes().replace(old, new, 1))
    with pytest.raises(BackupRefused):
        examined(file)


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"1\n", lambda data: b""])
def test_a_file_that_ends_too_early_or_too_late_is_refused(file: Path, change: Callable[[bytes], bytes]) -> None:
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(BackupRefused):
        examined(file)
