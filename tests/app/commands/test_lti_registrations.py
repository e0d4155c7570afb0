"""`chainrule lti change`, `remove` and `invitations`: wrong registrations are put right; what ends is said."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main
from tests.app.commands.test_lti import MOODLE, run

__all__ = ["run"]  # a fixture

CANVAS = [argument.replace("Moodle", "Canvas").replace("moodle", "canvas").replace("c-1", "c-2") for argument in MOODLE]


def ask(folder: Path, question: str) -> list[Any]:
    with closing(sqlite3.connect(folder / "chainrule.sqlite3")) as database:
        return database.execute(question).fetchall()


def test_a_wrong_registration_is_put_right(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(main, MOODLE)
    changed = run.invoke(
        main, ["lti", "change", "c-1", "--auth-url", "https://moodle.example/right", "--name", "Moodle 2"]
    )
    assert changed.output.splitlines() == [
        "name: Moodle -> Moodle 2",
        "authorization url: https://moodle.example/auth -> https://moodle.example/right",
    ]
    assert ask(tmp_path, "SELECT name, authorization_url, token_url FROM lti_platforms") == [
        ("Moodle 2", "https://moodle.example/right", "https://moodle.example/token")
    ]
    (detail,) = ask(tmp_path, "SELECT detail FROM events WHERE kind = 'lti.platform_changed'")
    assert json.loads(detail[0])["by"] == "command line"


@pytest.mark.parametrize(
    ("options", "said", "kept"),
    [
        (["--deployment", "8", "--deployment", "9"], "deployment ids: 7 -> 8, 9", ["8", "9"]),
        (["--add-deployment", "8"], "deployment ids: 7 -> 7, 8", ["7", "8"]),
        (["--every-deployment"], "deployment ids: 7 -> every deployment", []),
        (["--audience", "https://a.example"], "token audience: (none) -> https://a.example", ["7"]),
    ],
)
def test_deployments_are_replaced_added_or_all(
    run: CliRunner, tmp_path: Path, options: list[str], said: str, kept: list[str]
) -> None:
    run.invoke(main, MOODLE)
    assert run.invoke(main, ["lti", "change", "Moodle", *options]).output == said + "\n"
    assert [json.loads(row[0]) for row in ask(tmp_path, "SELECT deployment_ids FROM lti_platforms")] == [kept]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Nothing would change"),
        (["--name", "Moodle"], "Nothing would change"),
        (["--name", " "], "--name is empty"),
        (["--jwks-url", "http://moodle.example/jwks"], "--jwks-url must begin with https://"),
        (["--deployment", "1", "--every-deployment"], "Give one of"),
        (["--issuer", "https://canvas.example", "--client-id", "c-2"], "is registered already with the client id c-2"),
    ],
)
def test_a_change_that_cannot_be_is_refused(run: CliRunner, options: list[str], said: str) -> None:
    run.invoke(main, MOODLE)
    run.invoke(main, CANVAS)
    refused = run.invoke(main, ["lti", "change", "c-1", *options])
    assert refused.exit_code == 2 and said in refused.output


def test_which_one_is_meant_is_asked(run: CliRunner) -> None:
    run.invoke(main, MOODLE)
    run.invoke(main, [*CANVAS[:2], "Moodle", *CANVAS[3:]])
    several = run.invoke(main, ["lti", "remove", "Moodle", "--yes"])
    assert several.exit_code == 2 and "client c-1" in several.output and "client c-2" in several.output
    nobody = run.invoke(main, ["lti", "change", "Sakai", "--name", "x"])
    assert nobody.exit_code == 2 and "No LMS is registered" in nobody.output
    assert run.invoke(main, ["lti", "remove", "https://canvas.example", "--yes"]).exit_code == 0


def test_a_removal_says_what_ends_and_asks(run: CliRunner, tmp_path: Path) -> None:
    run.invoke(main, MOODLE)
    run.invoke(main, CANVAS)
    _fill(tmp_path)
    asked = run.invoke(main, ["lti", "remove", "c-1"])
    assert asked.exit_code == 2 and "ask again with --yes" in asked.output
    said = "1 connected courses, 1 activities and 1 scores still to be sent"
    assert f"{said} would end. 1 accounts would have no way in then" in asked.output
    assert len(ask(tmp_path, "SELECT id FROM lti_platforms")) == 2
    removed = run.invoke(main, ["lti", "remove", "c-1", "--yes"])
    assert removed.exit_code == 0 and f"{said} ended. 1 accounts have no way in then" in removed.output
    assert ask(tmp_path, "SELECT name FROM lti_platforms") == [("Canvas",)]
    for table in ("people", "contexts", "members", "links", "scores"):
        assert ask(tmp_path, f"SELECT * FROM lti_{table}") == []
    assert ask(tmp_path, "SELECT * FROM login_sessions") == [] and len(ask(tmp_path, "SELECT id FROM users")) == 1
    kinds = [row[0] for row in ask(tmp_path, "SELECT kind FROM events ORDER BY id")]
    assert kinds == ["lti.course_disconnected", "lti.platform_removed"]
    assert run.invoke(main, MOODLE).exit_code == 0


def test_open_invitations_are_listed_and_withdrawn(run: CliRunner, tmp_path: Path) -> None:
    assert run.invoke(main, ["lti", "invitations"]).output == "No invitation is open.\n"
    run.invoke(main, ["lti", "invite", "Moodle"])
    listed = run.invoke(main, ["lti", "invitations"]).output
    known, name, until = listed.strip().split("\t")
    assert (len(known), name) == (12, "Moodle") and until.endswith(" UTC")
    wrong = run.invoke(main, ["lti", "invitations", "--withdraw", known[:3]])
    assert wrong.exit_code == 2 and "No open invitation has the ID" in wrong.output
    assert "is withdrawn" in run.invoke(main, ["lti", "invitations", "--withdraw", known]).output
    assert ask(tmp_path, "SELECT * FROM lti_invitations") == []


def _fill(folder: Path) -> None:
    """A course that is connected, an activity, and somebody who came from there and is owed a score."""
    with closing(sqlite3.connect(folder / "chainrule.sqlite3")) as database:
        ((platform,),) = database.execute("SELECT id FROM lti_platforms WHERE client_id = 'c-1'").fetchall()
        at = "2026-01-01 00:00:00.000000"
        for statement, values in (
            ("INSERT INTO courses (id, slug, title, time_zone) VALUES ('c', 'nn', 'NN', 'UTC')", ()),
            ("INSERT INTO course_assignments (id, course_id, slug, title, points) VALUES ('a', 'c', 's', 'S', 10)", ()),
            ("INSERT INTO users (id, email, name, is_operator, created_at) VALUES ('u', 'u@x', 'U', 0, ?)", (at,)),
            (
                "INSERT INTO login_sessions (token_sha256, user_id, csrf_token, created_at, expires_at)"
                " VALUES ('t', 'u', 'x', ?, '2999-01-01 00:00:00.000000')",
                (at,),
            ),
            ("INSERT INTO lti_people VALUES (?, 'sub', 'u')", (platform,)),
            ("INSERT INTO lti_contexts VALUES (?, 'context', 'c', NULL)", (platform,)),
            ("INSERT INTO lti_members VALUES (?, 'context', 'u')", (platform,)),
            (
                "INSERT INTO lti_links (id, platform_id, context_id, resource_link_id, course_assignment_id)"
                " VALUES ('l', ?, 'context', 'r', 'a')",
                (platform,),
            ),
            (
                "INSERT INTO lti_scores (link_id, user_id, given, maximum, revision, sent_revision, attempts, next_at,"
                " answer) VALUES ('l', 'u', 1, 2, 1, 0, 0, ?, '')",
                (at,),
            ),
        ):
            database.execute(statement, values)
        database.commit()
