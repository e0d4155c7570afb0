"""`new-assignment`, `audit`, `assignments`: the guide's own commands, and what goes wrong."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main
from app.settings import read_settings
from reference.example_folder import write_example
from submissions.clock import system_clock
from submissions.database import Database

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "reference" / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_guide_runs(tmp_path: Path) -> None:
    commands = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    assert len(commands) == 2
    chainrule = f'chainrule() {{ "{sys.executable}" -P -m app.cli "$@"; }}\nset -e\n'
    done = subprocess.run(
        ["/bin/sh", "-c", chainrule + "\n".join(commands)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("my-first: green") == 2
    assert "100 of 100" in done.stdout
    assert re.search(r"^my-first\t100 points\t.*\t[0-9a-f]{12}\tcourse/my-first$", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("slug", ["My_First", "../up", "", "a--b"])
def test_a_bad_slug_is_refused(slug: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["new-assignment", slug, "--into", str(tmp_path)])

    assert done.exit_code == 2
    assert "lower-case words joined by hyphens" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    done = CliRunner().invoke(main, ["new-assignment", "mine", "--into", str(tmp_path)])

    assert done.exit_code == 2
    assert "is there already" in done.stderr
    assert list((tmp_path / "mine").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = CliRunner().invoke(main, ["new-assignment", "mine", "--into", str(tmp_path / "file")])

    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


BREAK = {
    "missing solution": ("solution.py", None, "solution.py is missing"),
    "syntax error": ("assignment.py", "def", "assignment.py fails when it is run: SyntaxError"),
    "exit": ("assignment.py", "raise SystemExit(3)", "assignment.py fails when it is run: SystemExit"),
    "no assignment": ("assignment.py", "x = 1", "assignment.py defines no ASSIGNMENT"),
    "equivalent": ("equivalent.toml", "x = 1", "equivalent.toml does not say why for x"),
    "no toml": ("equivalent.toml", "=", "equivalent.toml is not TOML"),
}


@pytest.mark.parametrize("name", BREAK)
def test_a_broken_folder_is_listed_and_red_and_stops_nothing_else(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, text, said = BREAK[name]
    write_example("sound", tmp_path)
    path = write_example("broken", tmp_path) / file
    path.unlink() if text is None else path.write_text(text)
    monkeypatch.setenv("CHAINRULE_ASSIGNMENTS", f"/nowhere{os.pathsep}{tmp_path}")
    listed = CliRunner().invoke(main, ["assignments"])
    audited = CliRunner().invoke(main, ["audit", "broken", "--sandbox", "unsafe", "--json"])

    assert listed.exit_code == 0
    lines = {line.split("\t")[0]: line for line in listed.stdout.splitlines()}
    assert "BROKEN" in lines["broken"]
    assert said in lines["broken"]
    assert "100 points" in lines["sound"]
    assert audited.exit_code == 1
    assert any(said in red for red in json.loads(audited.stdout)[0]["reds"])


def test_a_slug_of_two_folders_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_example("hw2-softmax", tmp_path)
    monkeypatch.setenv("CHAINRULE_ASSIGNMENTS", str(tmp_path))
    listed = CliRunner().invoke(main, ["assignments"]).stdout

    assert "hw2-softmax\tBROKEN\tit is in several folders" in listed


def test_the_version_changes_with_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handout = write_example("mine", tmp_path) / "handout.md"
    monkeypatch.setenv("CHAINRULE_ASSIGNMENTS", str(tmp_path))
    before = CliRunner().invoke(main, ["assignments"]).stdout
    handout.write_text(handout.read_text() + "One more sentence.\n")

    assert CliRunner().invoke(main, ["assignments"]).stdout != before


@pytest.mark.parametrize("arguments", [[], ["mine", "--all"], ["--all", "--folder", "x"]])
def test_one_way_to_say_what_is_audited(arguments: list[str]) -> None:
    done = CliRunner().invoke(main, ["audit", *arguments])

    assert done.exit_code == 2
    assert "--folder PATH" in done.stderr


def test_folders_are_named_in_two_ways_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_ASSIGNMENTS", os.pathsep.join(["/two", "", "/three"]))
    monkeypatch.setenv("CHAINRULE_ASSIGNMENT_DIRS", '["/one", "/two"]')

    assert read_settings().assignment_folders == (Path("/one"), Path("/two"), Path("/three"))


def test_a_result_is_kept_for_the_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_example("mine", tmp_path / "course")
    monkeypatch.setenv("CHAINRULE_ASSIGNMENTS", str(tmp_path / "course"))
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path))
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0
    effort = ["--runs", "1", "--seeds", "1", "--budget", "0"]
    done = CliRunner().invoke(main, ["audit", "mine", "--keep", "--json", "--sandbox", "unsafe", *effort])

    database = Database.open(f"sqlite:///{tmp_path / 'chainrule.sqlite3'}", system_clock)
    try:
        with database.reading() as tx:
            kept = tx.examinations.audit("mine")
    finally:
        database.close()
    assert kept is not None
    assert kept.found == json.loads(done.stdout)[0]


def test_a_folder_that_no_page_shows_is_not_kept(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["audit", "--folder", str(tmp_path), "--keep"])

    assert done.exit_code == 2
    assert "CHAINRULE_ASSIGNMENTS" in done.stderr
