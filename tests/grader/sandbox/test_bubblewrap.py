"""What bubblewrap is told: nothing of this machine but what the interpreter needs, and all of it read-only."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.sandbox import interior
from grader.sandbox.bubblewrap import OURS, PACKAGES, Namespaces
from grader.sandbox.interior import Interior, NoInterior, survey

SMALL = Interior(
    interpreter="/home/ada/python/bin/python3.11",
    files=(
        "/home/ada/python/bin/python3.11",
        "/home/ada/venv/numpy",
        "/home/ada/venv/numpy.libs",
        "/usr/lib/libc.so.6",
    ),
    links={"/lib": "usr/lib"},
    hidden=("/home/ada/python/lib/python3.11/site-packages",),
    numpy="/home/ada/venv/numpy",
    mapped_bytes=7,
)


def pairs(command: Sequence[str], option: str, count: int) -> list[tuple[str, ...]]:
    return [tuple(command[i + 1 : i + 1 + count]) for i, word in enumerate(command) if word == option]


def test_numpy_lies_without_its_neighbours_and_our_folder_without_its_path() -> None:
    command = Namespaces("/usr/bin/bwrap", SMALL, as_root=False)({"control": 5})

    assert ("/home/ada/venv/numpy", f"{PACKAGES}/numpy") in pairs(command, "--ro-bind", 2)
    assert ("/home/ada/venv/numpy.libs", f"{PACKAGES}/numpy.libs") in pairs(command, "--ro-bind", 2)
    assert [inside for _, inside in pairs(command, "--ro-bind", 2) if inside == OURS] == [OURS]
    assert not [option for option in command if option in ("--bind", "--dev-bind", "--proc", "--dev")]
    assert json.loads(command[-1]) == {"control": 5, "numpy_folder": PACKAGES, "mapped_bytes": 7}


def test_every_folder_above_a_file_is_open_to_all() -> None:
    """Root's own home would else keep its mode, and nobody could enter it."""
    command = Namespaces("/usr/bin/bwrap", SMALL, as_root=True)({"control": 5})
    folders = [command[i + 1 : i + 4] for i, word in enumerate(command) if word == "--perms"]

    assert ["0755", "--dir", "/home/ada/python/bin"] in folders
    assert {mode for mode, _, _ in folders} == {"0755"}


def test_a_user_gets_a_namespace_and_root_keeps_four_capabilities() -> None:
    as_user = Namespaces("/usr/bin/bwrap", SMALL, as_root=False)({})
    as_root = Namespaces("/usr/bin/bwrap", SMALL, as_root=True)({})

    assert "--unshare-user" in as_user
    assert "--cap-add" not in as_user
    assert "--unshare-user" not in as_root
    assert pairs(as_root, "--cap-drop", 1) == [("ALL",)]
    assert {name for (name,) in pairs(as_root, "--cap-add", 1)} == {
        *("CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP")
    }


def test_a_parent_has_no_number_inside() -> None:
    command = Namespaces("/usr/bin/bwrap", SMALL, as_root=False)({"parent": os.getpid()})

    assert json.loads(command[-1])["parent"] == 0


def test_the_survey_finds_what_is_loaded() -> None:
    found = survey()

    assert Path(found.interpreter).samefile(sys.executable)
    assert any(Path(path).name.startswith("libc.so") for path in found.files)
    assert found.numpy in found.files
    assert found.mapped_bytes > 1 << 20
    for path in (*found.files, *found.hidden):
        assert not any(Path(other) in Path(path).parents for other in found.files if other not in found.hidden) or (
            path in found.hidden
        )


@pytest.mark.parametrize("program", ["/nowhere/python", "/bin/true", "/bin/false"])
def test_a_survey_that_fails_says_so(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", program)

    with pytest.raises(NoInterior, match="the survey failed"):
        survey()


def test_a_survey_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_command: object, **_options: object) -> None:
        raise subprocess.TimeoutExpired("python", interior.SURVEY_SECONDS)

    monkeypatch.setattr(subprocess, "run", hangs)

    with pytest.raises(NoInterior, match="timed out"):
        survey()
