"""Each key has the reason above it."""

from pathlib import Path

from tests.students.reasons import reasons
from tests.students.slip_families import SLIPS


def test_each_key_has_the_reason_of_its_block(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    path.write_text("# On purpose.\none\ntwo a -> b\n\n# Not yet.\nthree\n", encoding="utf-8")

    assert reasons(path) == {"one": "On purpose.", "two a -> b": "On purpose.", "three": "Not yet."}


def test_no_file_has_no_keys() -> None:
    assert reasons(SLIPS / "nowhere.txt") == {}
