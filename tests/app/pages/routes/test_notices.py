"""After a save the next page says so, and warns of dates that are in the past."""

from datetime import datetime, timedelta
from typing import Any

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
OVER = "This is in the past: as it stands, students can hand in nothing for it any more."
ASKED = {"slug": "hw2-softmax", "title": "Softmax", "points": "20", "attempts": "", "late": "closed", "visible": "yes"}


def sent(site: Any, path: str, **fields: str) -> str:
    """The page that a form leads to."""
    answer = site.client.post(path, data={"csrf_token": site.token(), **fields})
    assert answer.status_code == 303, answer.text
    return str(site.client.get(answer.headers["location"]).text)


def user_id(site: Any, who: str) -> str:
    with site.context.database.reading() as tx:
        return str(tx.accounts.by_email(f"{who}@example.org").id)


@pytest.fixture
def teacher(site: Any) -> Any:
    site.login("teacher")
    return site


def test_saves_say_so_as_a_status(teacher: Any) -> None:
    role = '<p class="done" role="status">'
    page = sent(teacher, "/courses/ece421/settings", title="Renamed", time_zone="UTC")
    assert role in page and "<span>Saved.</span>" in page
    assert "The assignment is added." in sent(teacher, "/courses/ece421/assignments/new", **ASKED)
    edit = "/courses/ece421/assignments/hw2-softmax"
    assert "<span>Saved.</span>" in sent(teacher, f"{edit}/edit", **ASKED)
    assert "The assignment is removed." in sent(teacher, f"{edit}/remove")
    peer = f"/courses/ece421/people/{user_id(teacher, 'peer')}"
    assert "<span>Saved.</span>" in sent(teacher, f"{peer}/role", role="assistant")
    assert "They are taken out of the course." in sent(teacher, f"{peer}/remove")
    assert role not in teacher.client.get("/courses/ece421").text


def test_an_extension_into_the_past_is_given_with_a_warning(teacher: Any, now: list[datetime]) -> None:
    form = {"student": user_id(teacher, "student"), "more_attempts": "", "reason": "ill"}
    page = sent(teacher, f"{PATH}/extensions", due_at="2026-12-05T18:00", **form)
    assert "The extension is given." in page and "in the past" not in page
    now[0] += timedelta(days=10)
    teacher.login("teacher")
    page = sent(teacher, f"{PATH}/extensions", due_at="2026-11-30T18:00", **form)
    assert "The extension is given." in page
    assert "This is in the past: even so the student can hand in nothing any more." in page
    assert '<p class="done over" role="status">' in page
    attempts = form | {"more_attempts": "2", "due_at": ""}
    assert "even so the student can hand in nothing" in sent(teacher, f"{PATH}/extensions", **attempts)
    back = sent(teacher, f"{PATH}/extensions/{form['student']}/remove")
    assert "The extension is taken back." in back and "in the past" not in back


def test_due_dates_in_the_past_are_saved_with_a_warning(teacher: Any) -> None:
    new = "/courses/ece421/assignments/new"
    edit = "/courses/ece421/assignments/hw2-softmax/edit"
    old = ASKED | {"due_at": "2020-01-01T10:00"}
    assert OVER in sent(teacher, new, **old)
    assert OVER not in sent(teacher, edit, **old | {"points": "30"}), "its dates were not touched"
    late = sent(teacher, edit, **old | {"late": "taken"})
    assert OVER not in late and "This due date is in the past." in late
    assert "in the past" not in sent(teacher, edit, **ASKED | {"due_at": "2027-01-01T10:00"})


@pytest.mark.parametrize(("day", "warned"), [("2020-01-01", True), ("2027-11-27", False)])
def test_a_copy_whose_dates_are_in_the_past_is_made_with_a_warning(teacher: Any, day: str, warned: bool) -> None:
    page = sent(teacher, "/courses/ece421/copy", slug="again", title="Again", first_date=day)
    assert "This is the copy." in page
    assert ("Some of its due dates are in the past" in page) == warned


def test_an_address_cannot_say_anything_else(teacher: Any) -> None:
    page = teacher.client.get("/courses/ece421?done=%3Cb%3Eyou+won&done=saved&done=saved").text
    assert "you won" not in page
    assert page.count('role="status"') == 1
