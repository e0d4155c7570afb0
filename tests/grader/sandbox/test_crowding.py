"""A crowded machine: more want to run than can."""

from pathlib import Path

import pytest

from grader.sandbox import crowding
from grader.sandbox.crowding import crowded, processors


@pytest.mark.parametrize(("cores", "running", "expected"), [(2, 2, False), (2, 3, True), (8, 8, False), (8, 9, True)])
def test_it_is_crowded_once_somebody_waits_for_a_processor(
    cores: int, running: int, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowding, "processors", lambda: cores)
    said = tmp_path / "loadavg"
    said.write_text(f"0.20 0.18 0.12 {running}/480 11206\n")

    assert crowded(said) is expected


def test_on_one_processor_ourselves_are_no_crowd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowding, "processors", lambda: 1)
    said = tmp_path / "loadavg"
    said.write_text("0.20 0.18 0.12 2/480 11206\n")

    assert not crowded(said)


@pytest.mark.parametrize("words", ["", "0.1 0.1 0.1", "0.1 0.1 0.1 many/480 1"])
def test_where_nothing_says_it_is_not(words: str, tmp_path: Path) -> None:
    said = tmp_path / "loadavg"
    said.write_text(words)

    assert not crowded(said)
    assert not crowded(tmp_path / "missing")


def test_this_machine_says() -> None:
    assert processors() >= 1
    assert crowded() in (True, False)
