"""`chainrule lti`: platforms registered by hand and by link."""

import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import main

MOODLE = [
    *("lti", "register", "Moodle", "--issuer", "https://moodle.example", "--client-id", "c-1"),
    *("--auth-url", "https://moodle.example/auth", "--token-url", "https://moodle.example/token"),
    *("--jwks-url", "https://moodle.example/jwks", "--deployment", "7"),
]


@pytest.fixture
def run(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    (tmp_path / "chainrule.sqlite3").write_bytes(migrated_file.read_bytes())
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CHAINRULE_PUBLIC_URL", "https://grade.example.org")
    return CliRunner()


def test_a_platform_is_registered_by_hand_and_listed(run: CliRunner) -> None:
    assert "may launch Chainrule" in run.invoke(main, MOODLE).output
    assert "https://moodle.example\tc-1\t7" in run.invoke(main, ["lti", "list"]).output
    again = run.invoke(main, MOODLE)
    assert again.exit_code == 2 and "registered already" in again.output


def test_brightspace_is_asked_for_tokens_by_another_name(run: CliRunner, tmp_path: Path) -> None:
    assert run.invoke(main, [*MOODLE, "--audience", "https://api.brightspace.com/auth/token"]).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "chainrule.sqlite3")) as database:
        assert database.execute("SELECT token_audience FROM lti_platforms").fetchall() == [
            ("https://api.brightspace.com/auth/token",)
        ]


def test_every_line_of_the_guide_for_each_lms_is_taken(run: CliRunner) -> None:
    guide = (Path(__file__).parents[3] / "app" / "lti" / "README.md").read_text()
    sections = {part.partition("\n")[0]: part for part in guide.split("\n## ")[1:]}
    for lms in ("Moodle", "Canvas", "Brightspace", "Blackboard", "Open edX"):
        (line,) = re.findall(r"^chainrule (lti register (?:[^\n]*\\\n)*[^\n]*)", sections[lms], re.MULTILINE)
        printed = run.invoke(main, shlex.split(line.replace("\\\n", " "))).output
        assert printed == f"{lms} may launch Chainrule.\n"
    assert run.invoke(main, ["lti", "list"]).output.count("https://") == 5


def test_the_help_of_register_names_every_value_an_lms_shows(run: CliRunner) -> None:
    printed = run.invoke(main, ["lti", "register", "--help"]).output
    for option in ("--issuer", "--client-id", "--auth-url", "--token-url", "--jwks-url", "--audience", "--deployment"):
        assert option in printed


def test_a_key_is_renewed_and_one_that_leaked_is_forgotten(run: CliRunner, tmp_path: Path) -> None:
    def renewed(*options: str) -> str:
        return run.invoke(main, ["lti", "renew-key", *options]).output.split()[2]

    def kept() -> dict[str, int]:
        with closing(sqlite3.connect(tmp_path / "chainrule.sqlite3")) as database:
            return dict(database.execute("SELECT id, retired_at IS NULL FROM lti_keys").fetchall())

    first, second = renewed(), renewed()
    assert kept() == {first: 0, second: 1}
    third = renewed("--forget")
    assert kept() == {third: 1}


def test_an_address_without_https_is_refused(run: CliRunner) -> None:
    plain = [argument.replace("https://moodle.example/auth", "http://moodle.example/auth") for argument in MOODLE]
    refused = run.invoke(main, plain)
    assert refused.exit_code == 2 and "--auth-url must begin with https://" in refused.output


def test_an_invitation_is_a_link(run: CliRunner) -> None:
    invited = run.invoke(main, ["lti", "invite", "Canvas"])
    assert invited.stdout.startswith("https://grade.example.org/lti/register/")
    assert invited.stderr == ""


@pytest.mark.parametrize("command", [["lti", "invite", "Canvas"], ["lti", "tool"]])
def test_addresses_that_no_lms_can_reach_come_with_a_warning(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.delenv("CHAINRULE_PUBLIC_URL")
    said = run.invoke(main, command)
    assert said.exit_code == 0
    assert "http://127.0.0.1:8000/lti/" in said.stdout
    assert "CHAINRULE_PUBLIC_URL is not set" in said.stderr


def test_the_addresses_for_an_administrator_are_printed(run: CliRunner) -> None:
    printed = run.invoke(main, ["lti", "tool"]).output
    assert "https://grade.example.org/lti/login" in printed and "https://grade.example.org/lti/jwks" in printed
