"""What a course can ask: the catalogue, the installation's own folders, and why a folder cannot be used."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.main import create_app
from app.settings import Settings
from reference.example_folder import write_example
from submissions.models import Role
from tests.app.conftest import cheap_passwords
from tests.app.pages.routes.conftest import STORED, Site
from tests.fakes.client import Client

ADD = "/courses/nn/assignments/new"


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """Where the installation's own assignments are."""
    (made := tmp_path / "own").mkdir()
    return made


@pytest.fixture
def own(tmp_path: Path, database_url: str, folders: Path, now: Any) -> Iterator[Site]:
    """A site with an empty course and a folder for own assignments."""
    settings = Settings(data_dir=tmp_path, database_url=database_url, assignments=str(folders), embedded_worker=False)
    client = Client(create_app(settings, clock=lambda: now[0], passwords=cheap_passwords), raise_errors=False)
    context = client.app.state.context
    with context.database.transaction() as tx:
        course = tx.courses.add("nn", "NN", "UTC")
        user = tx.accounts.add_user("teacher@example.org", "Teacher", STORED, now[0])
        tx.courses.enroll(course.id, user.id, Role.INSTRUCTOR)
    site = Site(client, context, None, now[0])  # type: ignore[arg-type]  # nothing is asked yet
    site.login("teacher")
    yield site
    client.close()


def offered(page: str) -> tuple[str, str]:
    """The section of own assignments, and that of the catalogue."""
    mine, _, shipped = page.partition('id="shipped-title"')
    return mine.partition('id="own-title"')[2], shipped


def test_an_own_folder_is_offered_as_soon_as_it_is_there_and_is_asked(own: Site, folders: Path) -> None:
    mine, shipped = offered(own.client.get(ADD).text)
    assert "card-title" not in mine
    assert f"A folder in <code>{folders}</code> is an assignment of your own." in mine
    assert f"chainrule new-assignment NAME --into {folders}" in mine
    assert "hw2-softmax" in shipped

    write_example("my-sigmoid", folders)
    mine, shipped = offered(own.client.get(ADD).text)
    assert "?slug=my-sigmoid" in mine
    assert "my-sigmoid" not in shipped
    assert "100 points in your folder" in own.client.get(f"{ADD}?slug=my-sigmoid").text
    form = {"csrf_token": own.token(), "slug": "my-sigmoid", "title": "Mine", "points": "20", "late": "closed"}
    assert own.client.post(ADD, data=form).status_code == 303
    assert "Mine" in own.client.get("/courses/nn").text
    assert "?slug=my-sigmoid" not in own.client.get(ADD).text


def test_a_folder_that_cannot_be_used_says_why_and_stops_nothing_else(own: Site, folders: Path) -> None:
    good, bad = write_example("good-one", folders), write_example("bad-one", folders)
    (bad / "handout.md").unlink()
    (bad / "solution.py").write_text("def sigmoid(z: <b>\n", encoding="utf-8")
    mine, _ = offered(own.client.get(ADD).text)
    assert good.name in mine
    assert "?slug=bad-one" not in mine
    assert "Folders that cannot be used" in mine
    assert "handout.md is missing" in mine
    assert "<b>" not in mine.partition("Folders that cannot be used")[2].partition("</ul>")[0]
    form = {"csrf_token": own.token(), "slug": "bad-one", "title": "Bad", "points": "20", "late": "closed"}
    assert own.client.post(ADD, data=form).status_code == 422


def test_without_a_folder_it_says_how_to_have_one(site: Any) -> None:
    site.login("teacher")
    mine, shipped = offered(site.client.get("/courses/ece421/assignments/new").text)
    assert "No folder for them is named." in mine
    assert "<code>CHAINRULE_ASSIGNMENTS</code>" in mine
    assert "hw2-softmax" in shipped


def test_grades_stay_readable_while_a_folder_is_broken_or_gone(own: Site, folders: Path, reports: Any) -> None:
    folder = write_example("my-sigmoid", folders)
    with own.context.database.transaction() as tx:
        course, user = tx.courses.by_slug("nn"), tx.accounts.by_email("teacher@example.org")
        assert course is not None
        assert user is not None
        tx.courses.add_assignment(course.id, "my-sigmoid", "Mine", 100.0, None, None, None)
        tx.courses.enroll(course.id, user.id, Role.STUDENT)
    path = "/courses/nn/assignments/my-sigmoid"
    form = {"csrf_token": own.token()}
    answer = own.client.post(f"{path}/submissions", data=form, files={"file": ("a1.py", b"def sigmoid(z): return z\n")})
    own.record(str(answer.headers["location"]), reports["sample"])
    with own.context.database.transaction() as tx:
        other = tx.accounts.add_user("other@example.org", "Other", STORED, own.now)
        tx.courses.enroll(course.id, other.id, Role.INSTRUCTOR)
    own.login("other")
    whole = own.client.get(f"{path}/dashboard").text
    assert "cannot be used" not in whole
    (folder / "handout.md").unlink()
    page = own.client.get(f"{path}/dashboard")
    assert page.status_code == 200
    assert "handout.md is missing" in page.text
    assert "A fault in the course" in page.text
    assert "none that can be used" in page.text
    (folder / "assignment.py").unlink()
    assert "Its folder is gone." in own.client.get(f"{path}/dashboard").text
    csv = own.client.get(f"{path}/grades.csv")
    assert csv.status_code == 200
    assert "backward_prop" in csv.text.partition("\n")[0]
    assert ",74," in csv.text
