"""`chainrule user`, `course`, `token`, `migrate`, `demo` on a database of their own."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.passwords import Passwords
from app.security.tokens import digest
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role, User

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command on a migrated database in a fresh folder."""
    shutil.copy(migrated_file, tmp_path / "chainrule.sqlite3")
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path))
    runner = CliRunner()

    def invoke(*arguments: str, stdin: str = "") -> Result:
        return runner.invoke(main, list(arguments), input=stdin)

    return invoke


@pytest.fixture
def database(run: Run, tmp_path: Path) -> Database:
    return Database.open(f"sqlite:///{tmp_path}/chainrule.sqlite3", system_clock)


def test_an_account_gets_the_password_it_was_given(run: Run, database: Database) -> None:
    made = run("user", "create", "Ada@Example.org", "--name", "Ada", stdin="correct horse\n")
    with database.reading() as tx:
        found = tx.accounts.credentials("ada@example.org")
    database.close()

    assert made.exit_code == 0
    assert "correct horse" not in made.output
    assert found is not None
    assert not found[0].is_operator
    assert Passwords.recommended().matches("correct horse", found[1])


def test_a_made_up_password_is_printed_once_and_works(run: Run, database: Database) -> None:
    output = run("user", "create", "ada@example.org", "--name", "Ada", "--operator", "--generate").output
    with database.reading() as tx:
        found = tx.accounts.credentials("ada@example.org")
    database.close()

    assert found is not None
    assert found[0].is_operator
    assert Passwords.recommended().matches(output.split("Password: ")[1].strip(), found[1])


def test_a_name_that_others_gave_forges_no_line_of_a_list(run: Run, database: Database) -> None:
    with database.transaction() as tx:
        tx.accounts.add_user("ada@example.org", "Ada\nroot@example.org\tRoot", None, system_clock())
        tx.courses.add("nn", "Networks\nfake\tFake", "UTC")
    database.close()

    assert run("user", "list").output == "ada@example.org\tAda root@example.org Root\t\n"
    assert run("course", "list").output == "nn\tNetworks fake Fake\n"


def test_a_new_password_replaces_the_old_one(run: Run, database: Database) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", stdin="correct horse\n")
    assert run("user", "set-password", "ada@example.org", stdin="battery staple\n").exit_code == 0
    with database.reading() as tx:
        found = tx.accounts.credentials("ada@example.org")
    database.close()

    assert found is not None
    assert Passwords.recommended().matches("battery staple", found[1])


def test_courses_roles_and_tokens(run: Run, database: Database) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", "--generate")
    assert run("course", "create", "nn", "Neural networks", "--time-zone", "America/Toronto").exit_code == 0
    due = ("--due", "2026-12-01T23:59", "--attempts", "3")
    assert run("course", "assign", "nn", "ece421-numpy-nn", *due).exit_code == 0
    assert run("user", "enrol", "ada@example.org", "nn", "assistant").exit_code == 0
    secret = run("token", "create", "ada@example.org", "--name", "ci", "--scope", "grades:read").output.strip()
    with database.reading() as tx:
        course = tx.courses.by_slug("nn")
        assert course is not None
        (asked,) = tx.courses.assignments(course.id)
        (enrolled,) = tx.courses.of_user(tx.accounts.by_email("ada@example.org").id)  # type: ignore[union-attr]  # made above
        found = tx.accounts.token(digest(secret), system_clock())
    database.close()

    assert asked.due_at == datetime(2026, 12, 2, 4, 59, tzinfo=UTC)
    assert asked.attempts == 3
    assert enrolled.role is Role.ASSISTANT
    assert found is not None
    assert found[0].scopes == {"grades:read"}
    assert "nn (assistant)" in run("user", "list").output
    assert "ece421-numpy-nn" in run("course", "list").output


def test_a_revoked_token_is_no_more(run: Run, database: Database) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", "--generate")
    options = ("--name", "ci", "--scope", "grades:read", "--days", "30")
    secret = run("token", "create", "ada@example.org", *options).output.strip()
    token_id = run("token", "list", "ada@example.org").output.split("\t")[0]
    assert run("token", "revoke", token_id).exit_code == 0
    with database.reading() as tx:
        found = tx.accounts.token(digest(secret), system_clock())
    database.close()

    assert found is None


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (("user", "create", "ada", "--name", "Ada"), "correct horse\n", "not an e-mail"),
        (("user", "create", "a@x.org,b@x.org", "--name", "Ada"), "correct horse\n", "not an e-mail"),
        (("user", "create", "ada@example.org", "--name", "A\nB"), "correct horse\n", "The name is one line"),
        (("user", "create", "ada@example.org", "--name", " "), "correct horse\n", "The name is one line"),
        (("course", "create", "nn", "N\tN"), "", "The title is one line"),
        (("user", "create", "ada@example.org", "--name", "Ada"), "short\n", "at least 8"),
        (("user", "create", "ada@example.org", "--name", "Ada"), "", "at least 8"),
        (("user", "set-password", "nobody@example.org", "--generate"), "", "no account"),
        (("user", "enrol", "nobody@example.org", "nn", "student"), "", "no course"),
        (("user", "invite", "nn", "student"), "", "no course"),
        (("user", "invite", "nn", "student", "--email", "ada"), "", "not an e-mail"),
        (("user", "invite", "nn", "student", "--email", "ada@x.org;b@x.org"), "", "not an e-mail"),
        (("user", "reset", "nobody@example.org"), "", "no account"),
        (("course", "create", "nn", "NN", "--time-zone", "Middle/Earth"), "", "not a time zone"),
        (("course", "assign", "nn", "ece421-numpy-nn"), "", "no course"),
        (("course", "assign", "nn", "none"), "", "none"),
        (("token", "list", "nobody@example.org"), "", "no account"),
    ],
)
def test_a_mistake_is_one_clear_line(run: Run, arguments: tuple[str, ...], stdin: str, said: str) -> None:
    done = run(*arguments, stdin=stdin)

    assert done.exit_code == 2
    assert said in done.output
    assert done.output.count("\n") == 1


def test_the_same_account_twice_is_refused(run: Run) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", "--generate")
    done = run("user", "create", "ADA@example.org", "--name", "Ada", "--generate")

    assert done.exit_code == 2
    assert "exists already" in done.output


def test_a_database_that_was_not_migrated_is_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_DATA_DIR", str(tmp_path / "new"))
    done = CliRunner().invoke(main, ["user", "list"])

    assert done.exit_code == 2
    assert "chainrule migrate" in done.output


def test_the_demo_prints_its_logins(run: Run) -> None:
    first, second = run("demo"), run("demo")

    assert "15 new submissions" in first.output
    assert "0 new submissions" in second.output
    assert "instructor@demo.example  demo-instructor" in second.output


def test_production_has_no_demo(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_ENVIRONMENT", "production")
    done = run("demo")

    assert done.exit_code == 2
    assert "production" in done.output


def test_the_audit_says_what_was_done_on_the_command_line(run: Run, database: Database) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", "--generate")
    run("course", "create", "nn", "Neural networks", "--time-zone", "Europe/Berlin")
    run("course", "assign", "nn", "ece421-numpy-nn", "--due", "2026-12-01T23:59")
    run("user", "enrol", "ada@example.org", "nn", "instructor")
    with database.reading() as tx:
        events = tx.events.of_course(tx.courses.by_slug("nn").id)  # type: ignore[union-attr]  # made above
    database.close()

    assert [event.kind for event in events] == ["course.created", "assignment.added", "person.added"]
    assert {(event.user_id, event.detail["by"]) for event in events} == {(None, "command line")}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("course", "create", "new", "X"), "short name"),
        (("course", "create", "a/b", "X"), "short name"),
        (("course", "create", "nn", "X"), "is taken"),
        (("course", "assign", "nn", "hw2-softmax", "--opens", "2026-12-02T00:00", "--due", "2026-12-01T00:00"), "due"),
        (("course", "assign", "nn", "hw2-softmax", "--due", "9999-12-31T23:59"), "between the years"),
        (("course", "assign", "nn", "hw2-softmax", "--attempts", "10001"), "10001"),
        (("user", "enrol", "ines@example.org", "nn", "student"), "instructor"),
        (("user", "enrol", "taken@example.org", "nn", "assistant"), "proved"),
    ],
)
@pytest.mark.usefixtures("course")
def test_commands_keep_the_rules_of_pages(run: Run, database: Database, arguments: tuple[str, ...], said: str) -> None:
    run("user", "create", "ines@example.org", "--name", "Ines", "--generate")
    assert run("user", "enrol", "ines@example.org", "nn", "instructor").exit_code == 0
    with database.transaction() as tx:
        tx.accounts.add_user("taken@example.org", "Not Taken", None, system_clock(), email_confirmed=False)
    database.close()
    done = run(*arguments)

    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.usefixtures("course")
def test_a_deadline_in_the_hour_that_comes_twice_is_the_later_one(run: Run, database: Database) -> None:
    """As a form of the page reads it."""
    run("course", "create", "berlin", "Networks", "--time-zone", "Europe/Berlin")
    run("course", "assign", "berlin", "hw2-softmax", "--due", "2026-10-25T02:30")
    with database.reading() as tx:
        (asked,) = tx.courses.assignments(tx.courses.by_slug("berlin").id)  # type: ignore[union-attr]  # made above
    database.close()

    assert asked.due_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.usefixtures("course")
def test_a_deadline_that_the_clocks_skip_is_told(run: Run) -> None:
    run("course", "create", "berlin", "Networks", "--time-zone", "Europe/Berlin")
    done = run("course", "assign", "berlin", "hw2-softmax", "--due", "2027-03-28T02:30")

    assert done.exit_code == 2
    assert "The clocks of Europe/Berlin skip 2027-03-28T02:30; write 2027-03-28T03:30." in done.stderr


@pytest.fixture
def course(run: Run) -> None:
    run("user", "create", "ada@example.org", "--name", "Ada", "--generate")
    run("course", "create", "nn", "Neural networks")


def secret_in(output: str, path: str) -> str:
    found = re.fullmatch(rf"http://127\.0\.0\.1:8000/{path}/([\w-]{{43}})\n", output)
    assert found is not None, output
    return found[1]


@pytest.mark.usefixtures("course")
def test_the_first_instructor_is_invited_by_a_link_that_is_printed(run: Run, database: Database) -> None:
    output = run("user", "invite", "nn", "instructor", "--email", "Ines@example.org", "--days", "2").output
    with database.reading() as tx:
        found = tx.invitations.by_token(digest(secret_in(output, "invitations")))
        owed = tx.mails.owed()
    database.close()

    assert found is not None
    assert (found.role, found.email, found.course_slug) == (Role.INSTRUCTOR, "ines@example.org", "nn")
    assert found.expires_at - found.created_at == timedelta(days=2)
    assert owed == 0


@pytest.mark.usefixtures("course")
def test_a_reset_is_a_link_that_is_printed(run: Run, database: Database) -> None:
    output = run("user", "reset", "ADA@example.org").output
    with database.reading() as tx:
        user = tx.resets.by_token(digest(secret_in(output, "reset")), system_clock())
    database.close()

    assert user is not None
    assert user.email == "ada@example.org"


@pytest.mark.usefixtures("course")
def test_where_mail_is_sent_both_are_mailed(run: Run, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINRULE_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("CHAINRULE_MAIL_FROM", "grader@example.org")
    mailed = [
        run("user", "invite", "nn", "student", "--email", "new@example.org").output,
        run("user", "reset", "ada@example.org").output,
    ]
    printed = [
        run("user", "invite", "nn", "student").output,
        run("user", "invite", "nn", "student", "--email", "new@example.org", "--print").output,
        run("user", "reset", "ada@example.org", "--print").output,
    ]
    with database.reading() as tx:
        owed = tx.mails.owed()
    database.close()

    assert owed == 2
    assert all("is sent a link" in output and "http" not in output for output in mailed)
    assert all(output.startswith("http://127.0.0.1:8000/") for output in printed)


def credentials(database: Database, email: str) -> tuple[User, str | None]:
    with database.reading() as tx:
        found = tx.accounts.credentials(email)
    assert found is not None
    return found


def test_an_account_is_corrected_and_made_an_operator_and_keeps_its_password(run: Run, database: Database) -> None:
    run("user", "create", "adda@example.org", "--name", "Adda", stdin="correct horse\n")
    before = credentials(database, "adda@example.org")
    said = run("user", "change", "adda@example.org", "--name", "Ada", "--email", "ada@example.org", "--operator")
    assert said.exit_code == 0, said.output
    assert said.output == "ada@example.org is called Ada and is an operator.\n"
    after = credentials(database, "ada@example.org")
    assert (after[0].id, after[1]) == (before[0].id, before[1])
    assert (before[0].is_operator, after[0].is_operator) == (False, True)
    assert run("user", "change", "ada@example.org", "--no-operator").output.endswith("is no operator.\n")
    assert not credentials(database, "ada@example.org")[0].is_operator


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["ada@example.org"], "Say what to change"),
        (["ada@example.org", "--name", "two\nlines"], "is one line"),
        (["ada@example.org", "--email", "nobody"], "nobody is not an e-mail address."),
        (["ada@example.org", "--email", "bob@example.org"], "exists already"),
        (["none@example.org", "--name", "x"], "There is no account with the e-mail none@example.org."),
    ],
)
def test_what_an_account_cannot_become_changes_nothing(
    run: Run, database: Database, options: list[str], said: str
) -> None:
    for name in ("ada", "bob"):
        run("user", "create", f"{name}@example.org", "--name", name, stdin="correct horse\n")
    answer = run("user", "change", *options)
    assert answer.exit_code == 2
    assert said in answer.output
    assert credentials(database, "ada@example.org")[0].name == "ada"
