"""A folder whose files are as they were is told from one that changed; one that changed just now is not trusted yet."""

import os
from pathlib import Path

from reference.folder_stamp import SETTLED_NS, folder_stamp


def _changed_at(folder: Path) -> int:
    """The last change of any file below, in ns."""
    return max(max(s.st_mtime_ns, s.st_ctime_ns) for f in folder.rglob("*") if f.is_file() for s in [f.stat()])


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "handout.md").write_text("text")
    (tmp_path / "mistakes" / "SIGN.py").write_text("code")
    return tmp_path


def test_a_folder_that_has_rested_vouches_for_itself(tmp_path: Path) -> None:
    later = _changed_at(_folder(tmp_path)) + SETTLED_NS

    assert folder_stamp(tmp_path, later).vouches_for(folder_stamp(tmp_path, later))
    assert len(folder_stamp(tmp_path, later).files) == 2


def test_one_that_was_changed_just_before_does_not(tmp_path: Path) -> None:
    now = _changed_at(_folder(tmp_path)) + SETTLED_NS - 1

    assert not folder_stamp(tmp_path, now + 1).vouches_for(folder_stamp(tmp_path, now))


def test_every_change_is_seen(tmp_path: Path) -> None:
    later = _changed_at(_folder(tmp_path)) + SETTLED_NS
    before = folder_stamp(tmp_path, later)
    (tmp_path / "mistakes" / "NEW.py").write_text("")
    added = folder_stamp(tmp_path, later)
    (tmp_path / "mistakes" / "NEW.py").unlink()
    said = (tmp_path / "handout.md").stat()
    (tmp_path / "handout.md").write_text("TEXT")  # as long as before, and with its old time
    os.utime(tmp_path / "handout.md", ns=(said.st_atime_ns, said.st_mtime_ns))
    edited = folder_stamp(tmp_path, later)

    assert not added.vouches_for(before)
    assert not edited.vouches_for(before)


def test_bytecode_is_no_change(tmp_path: Path) -> None:
    later = _changed_at(_folder(tmp_path)) + SETTLED_NS
    before = folder_stamp(tmp_path, later)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "answers.cpython-311.pyc").write_bytes(b"x")

    assert folder_stamp(tmp_path, later).vouches_for(before)
