"""`chainrule grade`: what it prints and how it exits, as a process where more than its own words matter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from reference.catalog import Catalog
from tests.reference.test_sources import write_mnist

SLUG = "ece421-numpy-nn"
ROOT = Path(__file__).parents[3]


def chainrule(*arguments: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command as a person does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "app.cli", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=300,
    )


def refused(*arguments: str, stdin: bytes = b"") -> Result:
    """What is refused before anything runs, without a process: starting one takes longer than all of it."""
    done = CliRunner().invoke(main, arguments, input=stdin)
    assert isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code == 2
    return done


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    path = tmp_path / "a1.py"
    path.write_text(Catalog.builtin().get(SLUG).starter)
    return path


def test_json_is_the_report_and_nothing_else(starter: Path) -> None:
    done = chainrule("grade", SLUG, str(starter), "--json", "--seed", "public:7")
    report = json.loads(done.stdout)

    assert done.returncode == 0
    assert report["assignment"] == SLUG
    assert report["seed"] == "public:7"
    assert report["score"] == {"given": 0.0, "maximum": 100.0}


def test_a_person_reads_score_parts_and_one_sentence_a_failure() -> None:
    source = Catalog.builtin().get(SLUG).mistakes["MEAN_OVER_BATCH_SHAPE"]
    done = chainrule("grade", SLUG, "-", stdin=source.encode())
    printed = done.stdout.decode()

    assert done.returncode == 0
    assert f"{SLUG}: " in printed
    assert "grad_ce" in printed
    assert "[MEAN_OVER_BATCH_SHAPE]" in printed
    assert "chainrule explain CODE says" in printed
    assert "seed public:1, sandbox " in printed


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        ((SLUG, "-"), b"", "empty"),
        ((SLUG, "-"), b"\x00\x01", ""),
        ((SLUG, "/does/not/exist.py"), b"", "cannot be read"),
        ((SLUG, "/"), b"", "cannot be read"),
        (("no-such-assignment", "-"), b"x = 1", "no-such-assignment"),
        ((SLUG, "-", "--seed", "secret:1"), b"x = 1", "public:"),
        ((SLUG, "-", "--sandbox", "none"), b"x = 1", "none"),
    ],
)
def test_a_refusal_is_one_line_and_exit_2(arguments: tuple[str, ...], stdin: bytes, said: str) -> None:
    done = refused("grade", *arguments, "--json", stdin=stdin)

    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_process_refuses_in_the_same_way() -> None:
    done = chainrule("grade", SLUG, "-", "--json")

    assert done.returncode == 2
    assert done.stdout == b""
    assert b"empty" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a1.py"
    path.write_bytes(b"#" * (1024 * 1024 + 1))

    assert "1,048,576" in refused("grade", SLUG, str(path)).stderr


def test_our_own_fault_is_exit_3(starter: Path) -> None:
    done = chainrule("grade", SLUG, str(starter), "--sandbox", "full", "--json", PATH="/nowhere")  # no bubblewrap

    assert done.returncode == 3
    assert done.stdout == b""
    assert b"our" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_wrong_setting_is_named() -> None:
    done = chainrule("assignments", CHAINRULE_PORT="x")

    assert done.returncode == 2
    assert b"CHAINRULE_PORT" in done.stderr


def test_a_terminal_is_not_fooled_by_a_students_words() -> None:
    source = "def relu(x):\n    raise ValueError('\\x1b[2J\\u202e' + 'boo\\nrelu 8 of 8')\n"
    done = chainrule("grade", SLUG, "-", stdin=source.encode())

    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "\u202e" not in done.stdout.decode()
    assert b"\nrelu 8" not in done.stdout


def test_assignments_and_starter_are_printed() -> None:
    runner = CliRunner()

    assert SLUG in runner.invoke(main, ["assignments"]).output
    assert runner.invoke(main, ["starter", SLUG]).output == Catalog.builtin().get(SLUG).starter


def test_the_settings_are_printed() -> None:
    assert "`CHAINRULE_DATA_DIR`" in CliRunner().invoke(main, ["settings"]).output


def test_the_doctor_names_every_wall() -> None:
    done = chainrule("doctor")
    printed = done.stdout.decode()

    assert "no network" in printed
    assert (done.returncode == 0) == ("BROKEN" not in printed)
    assert done.returncode in (0, 1)


def test_the_doctor_says_no_for_a_level_that_does_not_start() -> None:
    done = chainrule("doctor", "--sandbox", "full", PATH="/nowhere")

    assert done.returncode == 1
    assert b"No grading on this machine: The sandbox level full does not start here: bubblewrap" in done.stdout


def test_the_doctor_says_why_it_takes_a_weaker_level() -> None:
    done = chainrule("doctor", PATH="/nowhere")

    assert b"A stronger level is not used. The sandbox level full does not start here: bubblewrap" in done.stdout


def test_page_and_files_are_written(starter: Path, tmp_path: Path) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "report"
    source = Catalog.builtin().get("hw2-softmax").solution
    done = chainrule("grade", "hw2-softmax", "-", "--html", str(page), "--report", str(folder), stdin=source.encode())

    assert done.returncode == 0
    assert "100 of 100 points" in done.stdout.decode()
    assert page.read_text().startswith("<!doctype html>")
    assert (folder / "trainings.csv").is_file()
    assert (folder / "trainings.tex").is_file()
    assert list(folder.glob("*-confusion-test.svg"))


def test_a_page_that_cannot_be_written_is_a_wrong_use(starter: Path, tmp_path: Path) -> None:
    done = chainrule("grade", SLUG, str(starter), "--html", str(tmp_path / "none" / "page.html"))
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr


@pytest.mark.parametrize("given", ["cifar=.", "mnist", "mnist="])
def test_other_data_than_the_two_are_refused(given: str, starter: Path) -> None:
    done = refused("grade", SLUG, str(starter), "--data", given)
    assert "--data takes mnist=DIR or notmnist=DIR" in done.stderr


def test_an_empty_data_folder_is_refused(starter: Path, tmp_path: Path) -> None:
    done = refused("grade", SLUG, str(starter), "--data", f"mnist={tmp_path}")
    assert "train-images-idx3-ubyte" in done.stderr


def test_experiments_run_on_own_files_too(tmp_path: Path) -> None:
    write_mnist(tmp_path)
    source = Catalog.builtin().get("ece544-mlp").solution
    done = chainrule("grade", "ece544-mlp", "-", "--json", "--data", f"mnist={tmp_path}", stdin=source.encode())
    report = json.loads(done.stdout)

    assert done.returncode == 0
    assert report["score"]["given"] == 100
    assert [experiment["dataset"] for experiment in report["experiments"]] == ["digits", "mnist"]
    for experiment in report["experiments"]:
        assert [run["verdict"] for run in experiment["runs"]] == ["passed"] * 15
