"""A backup is whole or refused, and is taken while others write; a restore touches nothing before it has checked."""

import errno
import json
import os
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from submissions.backups import sqlite_copy
from submissions.backups.backup_file import KEY, MANIFEST, opened_backup, restore_backup, write_backup
from submissions.backups.database_copy import copy_of
from submissions.backups.manifest import read_manifest
from submissions.backups.sqlite_copy import SqliteCopy
from submissions.errors import BackupRefused, DatabaseUnsuitable
from submissions.models import Lane
from submissions.queue import Graded
from tests.databases import BOTH

Report = Callable[..., dict[str, object]]


@pytest.fixture
def database_kind() -> str:
    """These look into the file itself."""
    return "sqlite"


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_copy, "IN_USE_SECONDS", 0.05)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "monday.backup"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "secret.key"
    path.write_text("ab" * 32 + "\n")
    return path


@pytest.fixture
def backed_up(school: Any, file: Path, key: Path) -> Path:
    """A backup of one student's submission, and nobody at the database any more."""
    school.hand_in(source="x = 1\n")
    write_backup(file, copy_of(school.url), key, "1.2", school.clock())
    school.database.close()
    return file


def rows(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def restored(file: Path, folder: Path, replace: bool = False) -> Path:
    path = folder / "chainrule.sqlite3"
    restore_backup(file, SqliteCopy(path), folder / "secret.key", replace, "aside")
    return path


def changed(file: Path, to: Path, **members: bytes | None) -> Path:
    """The backup with some of its members replaced, or left out for None."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = members.get(name.replace(".", "_"), old.read(name))
            if data is not None:
                new.writestr(name, data)
    return to


def test_what_is_restored_is_what_was_there(backed_up: Path, tmp_path: Path) -> None:
    path = restored(backed_up, tmp_path / "new")

    assert rows(path, "submissions") == rows(path, "gradings") == rows(path, "users") == 1
    assert (path.parent / "secret.key").read_text() == "ab" * 32 + "\n"
    assert [oct(p.stat().st_mode & 0o777) for p in (backed_up, path, path.parent / "secret.key")] == ["0o600"] * 3
    assert sorted(p.name for p in path.parent.iterdir()) == ["chainrule.sqlite3", "secret.key"]
    assert sorted(p.name for p in backed_up.parent.iterdir()) == [backed_up.name]


def test_the_manifest_says_what_is_in_it(backed_up: Path) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        manifest = read_manifest(archive.read(MANIFEST))

    assert manifest.engine == "sqlite"
    assert manifest.version == "1.2"
    assert manifest.contents.rows["submissions"] == 1
    assert set(manifest.files) == {"database.sqlite3", KEY}


@pytest.mark.parametrize("database_kind", BOTH)
def test_it_is_taken_in_the_middle_of_uploads_and_gradings(school: Any, file: Path, report: Report) -> None:
    """Every backup of several, taken under a rush, is consistent and holds all that was accepted before it began."""
    stop = threading.Event()
    accepted: list[int] = []
    faults: list[BaseException] = []
    engine = school.engine()

    def hand_in() -> None:
        try:
            while not stop.is_set():
                school.hand_in(source=f"x = {len(accepted)}\n")
                accepted.append(1)
        except BaseException as error:
            faults.append(error)

    def grade() -> None:
        try:
            while not stop.is_set():
                engine.run_once(lambda _: Graded(report(), "secret:0", "v"), "w", tuple(Lane))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=target) for target in (hand_in, hand_in, grade)]
    for thread in threads:
        thread.start()
    try:
        for turn in range(5):
            before = len(accepted)
            while len(accepted) < before + 3 and not faults:
                stop.wait(0.001)
            before = len(accepted)
            made = write_backup(file.with_name(f"{turn}"), copy_of(school.url), None, "1", school.clock()).contents.rows
            assert made["submissions"] >= before
            assert made["gradings"] == made["submissions"]
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert not faults


def test_a_backup_never_overwrites(backed_up: Path, school: Any) -> None:
    before = backed_up.read_bytes()
    with pytest.raises(BackupRefused, match="exists already"):
        write_backup(backed_up, copy_of(school.url), None, "1", school.clock())

    assert backed_up.read_bytes() == before


def test_where_there_is_nothing_there_is_no_backup(tmp_path: Path, school: Any, file: Path) -> None:
    with pytest.raises(BackupRefused, match="no database"):
        write_backup(file, SqliteCopy(tmp_path / "none.db"), None, "1", school.clock())

    assert not (tmp_path / "none.db").exists()
    assert not file.exists()


def test_a_database_that_is_there_is_replaced_only_when_asked_and_kept(
    backed_up: Path, tmp_path: Path, school: Any
) -> None:
    path = tmp_path / "chainrule.sqlite3"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE users SET name = 'Somebody else'")
    with pytest.raises(BackupRefused, match="already"):
        restored(backed_up, tmp_path)
    assert not (tmp_path / "chainrule.sqlite3.aside").exists()
    restored(backed_up, tmp_path, replace=True)

    for name, expected in (("chainrule.sqlite3", "Ada"), ("chainrule.sqlite3.aside", "Somebody else")):
        with closing(sqlite3.connect(tmp_path / name)) as database:
            assert database.execute("SELECT name FROM users").fetchone() == (expected,)


def test_a_database_that_somebody_uses_is_not_replaced(backed_up: Path, tmp_path: Path) -> None:
    path = tmp_path / "chainrule.sqlite3"
    before = path.read_bytes()
    with closing(sqlite3.connect(path)) as somebody:
        somebody.execute("PRAGMA journal_mode=WAL").close()
        somebody.execute("SELECT count(*) FROM users").close()
        with pytest.raises(BackupRefused, match="stop"):
            restored(backed_up, tmp_path, replace=True)

    assert rows(path, "submissions") == 1
    assert len(path.read_bytes()) == len(before)


def test_what_a_killed_service_left_beside_the_database_never_meets_the_new_one(
    backed_up: Path, tmp_path: Path
) -> None:
    path = tmp_path / "chainrule.sqlite3"
    path.write_bytes(b"no database at all, " * 1000)
    path.with_name("chainrule.sqlite3-wal").write_bytes(b"left over")
    restored(backed_up, tmp_path, replace=True)

    assert rows(path, "submissions") == 1
    assert not path.with_name("chainrule.sqlite3-wal").exists()


def test_another_key_is_replaced_only_when_asked_and_kept(backed_up: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "secret.key").write_text("cd" * 32)
    with pytest.raises(BackupRefused, match="another key"):
        restored(backed_up, folder)
    assert [p.name for p in folder.iterdir()] == ["secret.key"]
    restored(backed_up, folder, replace=True)

    assert (folder / "secret.key").read_text() == "ab" * 32 + "\n"
    assert (folder / "secret.key.aside").read_text() == "cd" * 32


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_not_said_to_be_a_damaged_backup(
    backed_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupRefused, match="no room") as refused:
        restored(backed_up, tmp_path / "new")

    assert "cannot be read" not in str(refused.value)


def test_a_folder_that_takes_no_files_is_not_said_to_be_a_damaged_backup(backed_up: Path, tmp_path: Path) -> None:
    taken = tmp_path / "a file"
    taken.touch()
    with (
        pytest.raises(BackupRefused, match="is not checked"),
        opened_backup(backed_up, SqliteCopy(tmp_path / "chainrule.sqlite3"), taken),
    ):
        pass


def test_a_key_that_cannot_be_written_leaves_everything_as_it_was(backed_up: Path, tmp_path: Path) -> None:
    path, folder = tmp_path / "chainrule.sqlite3", tmp_path / "keys"
    folder.mkdir()
    (folder / "secret.key").write_text("cd" * 32)
    (folder / "secret.key.aside").mkdir()
    before = path.read_bytes()
    with pytest.raises(BackupRefused, match="key cannot be written"):
        restore_backup(backed_up, SqliteCopy(path), folder / "secret.key", True, "aside")

    assert path.read_bytes() == before
    assert not path.with_name("chainrule.sqlite3.aside").exists()
    assert (folder / "secret.key").read_text() == "cd" * 32
    assert sorted(one.name for one in folder.iterdir()) == ["secret.key", "secret.key.aside"]


def test_a_database_that_cannot_be_put_in_place_leaves_the_key_as_it_was(backed_up: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    (folder / "secret.key").write_text("cd" * 32)
    (folder / "chainrule.sqlite3").touch()
    (folder / "chainrule.sqlite3.aside").mkdir()
    with pytest.raises(BackupRefused, match="cannot be put in place"):
        restored(backed_up, folder, replace=True)

    assert (folder / "secret.key").read_text() == "cd" * 32
    assert sorted(one.name for one in folder.iterdir()) == [
        "chainrule.sqlite3",
        "chainrule.sqlite3.aside",
        "secret.key",
    ]


def test_a_key_that_cannot_be_renamed_stays_beside_its_place(
    backed_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.replace

    def mounted(self: Path, target: Path) -> Path:
        if target.name == "secret.key":
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", mounted)
    with pytest.raises(BackupRefused, match="database is restored, and its key is not"):
        restored(backed_up, tmp_path / "new")

    assert (tmp_path / "new" / "secret.key.aside.draft").read_text() == "ab" * 32 + "\n"
    assert rows(tmp_path / "new" / "chainrule.sqlite3", "submissions") == 1


def test_a_database_that_cannot_be_opened_is_not_said_to_be_in_use(backed_up: Path, tmp_path: Path) -> None:
    path = tmp_path / "chainrule.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL").close()
    path.with_name("chainrule.sqlite3-wal").mkdir()
    with pytest.raises(BackupRefused, match="move it") as refused:
        restored(backed_up, tmp_path, replace=True)

    assert "stop" not in str(refused.value)


def test_every_damaged_byte_is_noticed(backed_up: Path, tmp_path: Path) -> None:
    """One byte in forty places of the archive. What is not noticed must have changed nothing of what is read."""
    whole = backed_up.read_bytes()
    folder = tmp_path / "new"
    folder.mkdir()
    good = restored(backed_up, tmp_path / "good").read_bytes()
    refused = 0
    for step in range(40):
        place = step * len(whole) // 40
        broken = tmp_path / "broken"
        broken.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            path = restored(broken, folder, replace=True)
        except BackupRefused:
            refused += 1
        else:
            assert path.read_bytes() == good
            path.unlink()
            for left in folder.glob("*.aside"):
                left.unlink()

    assert refused > 30


def test_a_backup_that_ends_early_is_refused(backed_up: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_bytes(backed_up.read_bytes()[:-100])
    with pytest.raises(BackupRefused, match="cannot be read"):
        restored(short, tmp_path / "new")


def test_a_database_with_other_rows_than_the_manifest_names_is_refused(backed_up: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        body = json.loads(archive.read(MANIFEST))
    body["rows"]["submissions"] += 1
    wrong = changed(backed_up, tmp_path / "wrong", manifest_json=json.dumps(body).encode())
    with pytest.raises(BackupRefused, match="rows"):
        restored(wrong, tmp_path / "new")


@pytest.mark.parametrize("field", ["format", "made_at", "files", "engine", "rows"])
def test_a_manifest_of_another_form_is_refused(backed_up: Path, tmp_path: Path, field: str) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        body = json.loads(archive.read(MANIFEST))
    values: tuple[Any, ...] = (None, 2, [], "postgresql")
    for value in values:
        wrong = changed(backed_up, tmp_path / "wrong", manifest_json=json.dumps(body | {field: value}).encode())
        with pytest.raises(BackupRefused):
            restored(wrong, tmp_path / "new")


def test_a_file_that_the_manifest_names_and_nobody_knows_is_refused(backed_up: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backed_up) as archive:
        body = json.loads(archive.read(MANIFEST))
    body["files"]["../outside"] = body["files"].pop(KEY)
    wrong = changed(backed_up, tmp_path / "wrong", manifest_json=json.dumps(body).encode())
    with pytest.raises(BackupRefused, match="does not hold"):
        restored(wrong, tmp_path / "new")


def test_a_copy_is_looked_through_for_broken_references_and_unknown_migrations(backed_up: Path, tmp_path: Path) -> None:
    path = restored(backed_up, tmp_path / "new")
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE submissions SET user_id = 'nobody'")
    with pytest.raises(BackupRefused, match="refers to nothing"):
        SqliteCopy(path).examine(path)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM submissions")
        database.execute("DELETE FROM gradings")
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BackupRefused, match="9999"):
        SqliteCopy(path).examine(path)


def test_a_page_that_went_bad_is_found(backed_up: Path, tmp_path: Path) -> None:
    path = restored(backed_up, tmp_path / "new")
    data = bytearray(path.read_bytes())
    data[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    with pytest.raises(BackupRefused):
        SqliteCopy(path).examine(path)


def test_checking_leaves_nothing_behind(backed_up: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with opened_backup(backed_up, SqliteCopy(tmp_path / "any"), scratch) as parts:
        assert parts.manifest.contents.rows["users"] == 1

    assert list(scratch.iterdir()) == []


def test_another_kind_of_database_is_named() -> None:
    with pytest.raises(DatabaseUnsuitable, match="mysql"):
        copy_of("mysql://localhost/chainrule")
