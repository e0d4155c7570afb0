"""Courses made, changed and copied by those who may; assignments asked, changed and removed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from submissions.lateness import Late, LateRule
from submissions.models import Role

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
ADD = "/courses/ece421/assignments/new"
ASKED = {"slug": "hw2-softmax", "title": "Softmax", "points": "20", "late": "closed", "visible": "yes"}


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def assignment(site: Any, slug: str) -> Any:
    with site.context.database.reading() as tx:
        course = tx.courses.by_slug("ece421")
        return next((one for one in tx.courses.assignments(course.id) if one.slug == slug), None)


def test_an_instructor_makes_a_course_and_is_its_instructor(site: Any) -> None:
    site.login("teacher")
    answer = send(site, "/courses/new", slug="nn-2027", title="NN <2027>", time_zone="Europe/Berlin")
    assert answer.headers["location"] == "/courses/nn-2027"
    assert "NN &lt;2027&gt;" in site.client.get("/courses/nn-2027").text
    with site.context.database.reading() as tx:
        course = tx.courses.by_slug("nn-2027")
        assert [one.role for one in tx.courses.people(course)] == [Role.INSTRUCTOR]
        assert [event.kind for event in tx.events.of_course(course.id)] == ["course.created"]


@pytest.mark.parametrize("who", ["student", "stranger"])
def test_nobody_else_makes_courses(site: Any, who: str) -> None:
    site.login(who)
    assert "/courses/new" not in site.client.get("/").text
    assert site.client.get("/courses/new").status_code == 403
    assert send(site, "/courses/new", slug="mine", title="Mine", time_zone="UTC").status_code == 403
    assert send(site, "/courses/new").status_code == 403


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("ece421", "taken already"),
        ("new", "“new” is the address of a page."),
        ("x", "has 2 to 99 characters"),
        ("x" * 100, "has 2 to 99 characters"),
        ("A B", "small letters"),
        ("", "short name"),
    ],
)
def test_a_bad_name_is_refused_and_what_was_typed_stays(site: Any, slug: str, said: str) -> None:
    site.login("teacher")
    answer = send(site, "/courses/new", slug=slug, title="Kept title", time_zone="UTC")
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Kept title"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_settings_change_the_title_and_the_clock_everywhere(site: Any) -> None:
    site.login("teacher")
    assert send(site, "/courses/ece421/settings", title="Renamed", time_zone="Asia/Tokyo").status_code == 303
    page = site.client.get("/courses/ece421").text
    assert "Renamed" in page
    assert "Tokyo time" in page
    assert send(site, "/courses/ece421/settings", title="Renamed", time_zone="Mars/Base").status_code == 422


def test_a_copy_takes_assignments_and_staff_and_moves_the_dates(site: Any) -> None:
    site.login("teacher")
    form = {"slug": "ece421-next", "title": "Next", "first_date": "2027-11-27", "staff": "yes"}
    answer = send(site, "/courses/ece421/copy", **form)
    assert answer.headers["location"] == "/courses/ece421-next?done=copied"
    with site.context.database.reading() as tx:
        course = tx.courses.by_slug("ece421-next")
        (asked,) = tx.courses.assignments(course.id)
        assert [one.user.email for one in tx.courses.people(course)] == ["teacher@example.org"]
    assert asked.due_at == datetime(2027, 11, 27, 19, 2, 7, tzinfo=UTC)  # due was 28 Nov, an offset of -5 both years


def test_a_copy_needs_its_day(site: Any) -> None:
    site.login("teacher")
    answer = send(site, "/courses/ece421/copy", slug="next", title="Next", first_date="soon")
    assert answer.status_code == 422
    assert "on which day" in answer.text


def test_an_assignment_is_asked_with_all_its_terms(site: Any) -> None:
    site.login("teacher")
    assert "hw2-softmax" in site.client.get(ADD).text
    form = ASKED | {
        "opens_at": "2026-11-01T09:00",
        "due_at": "2026-12-01T18:00",
        "attempts": "5",
        "refill_per_day": "4",
        "late": "penalty",
        "late_percent": "12,5",
        "grace_days": "1",
        "closes_at": "2026-12-08T18:00",
    }
    form.pop("visible")
    form["newest_only"] = "yes"
    answer = send(site, ADD, **form)
    assert answer.headers["location"] == "/courses/ece421?done=added#hw2-softmax"
    asked = assignment(site, "hw2-softmax")
    assert (asked.points, asked.attempts, asked.refill_per_day, asked.visible) == (20.0, 5, 4, False)
    assert asked.newest_only
    assert asked.due_at == datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert asked.late == LateRule(Late.PENALTY, 12.5, 1, datetime(2026, 12, 8, 23, tzinfo=UTC))
    page = site.client.get("/courses/ece421").text
    assert "hidden" in page
    edit = site.client.get("/courses/ece421/assignments/hw2-softmax/edit").text
    assert 'value="2026-12-01T18:00"' in edit
    assert 'value="12.5"' in edit


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"slug": "ece421-numpy-nn"}, "taken already"),
        ({"slug": "no-such"}, "catalogue"),
        ({"points": ""}, "how many points"),
        ({"points": "nan"}, "a number from"),
        ({"title": ""}, "title"),
        ({"title": "Nets\nMore"}, "This is one line"),
        ({"opens_at": "2026-12-02T00:00", "due_at": "2026-12-01T00:00"}, "before it opens"),
        ({"attempts": "0"}, "whole number"),
        ({"refill_per_day": "3"}, "how many there are"),
        ({"late": ""}, "late work"),
        ({"late": "taken"}, "due date"),
        ({"late": "penalty", "due_at": "2026-12-01T00:00"}, "percent"),
        (
            {"late": "taken", "due_at": "2026-12-01T00:00", "closes_at": "2026-11-01T00:00"},
            "must not be before the due date",
        ),
    ],
)
def test_terms_that_make_no_sense_are_refused_one_by_one(site: Any, change: dict[str, str], said: str) -> None:
    site.login("teacher")
    answer = send(site, ADD, **ASKED | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert assignment(site, "hw2-softmax") is None


def test_a_change_holds_at_once_and_is_on_record(site: Any) -> None:
    site.login("teacher")
    form = {"title": "Nets", "points": "10", "attempts": "", "due_at": "", "late": "closed", "visible": "yes"}
    assert send(site, f"{PATH}/edit", **form).status_code == 303
    asked = assignment(site, "ece421-numpy-nn")
    assert (asked.title, asked.points, asked.attempts, asked.due_at) == ("Nets", 10.0, None, None)
    with site.context.database.reading() as tx:
        (event,) = tx.events.of_course(asked.course_id)
    assert (event.kind, event.detail["points"], event.detail["was_points"]) == ("assignment.changed", "10", "100")
    assert "was_late" not in event.detail, "it is as it was"
    send(site, f"{PATH}/edit", **form)
    with site.context.database.reading() as tx:
        assert len(tx.events.of_course(asked.course_id)) == 1


def test_other_points_scale_the_one_score_and_the_student_sees_why(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    site.login("teacher")
    form = {"title": "Nets", "points": "10", "late": "closed", "visible": "yes"}
    seen = send(site, f"{PATH}/edit", **form).text.partition('name="answer" value="')[2].partition('"')[0]
    assert send(site, f"{PATH}/edit", **form, answer=seen).status_code == 303
    site.login("student")
    page = site.client.get(address).text
    assert "7.4<small>of 10<" in page
    assert "7.4 of 10. The checks gave 74 of 100." in page
    assert '7.4 <span class="muted">of 10</span>' in site.client.get("/courses/ece421").text


def test_an_assignment_is_removed_only_while_nobody_handed_in(site: Any) -> None:
    site.login("teacher")
    send(site, ADD, **ASKED)
    assert send(site, "/courses/ece421/assignments/hw2-softmax/remove").status_code == 303
    assert assignment(site, "hw2-softmax") is None
    site.login("student")
    site.handed_in()
    site.login("teacher")
    answer = send(site, f"{PATH}/remove")
    assert answer.status_code == 422
    assert "1 submission was handed in" in answer.text
    assert assignment(site, "ece421-numpy-nn") is not None


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("stranger", 404)])
def test_nobody_else_sets_a_course_up(site: Any, who: str, status: int) -> None:
    site.login(who)
    for path in ("/courses/ece421/settings", ADD, f"{PATH}/edit"):
        assert site.client.get(path).status_code == status, path
        assert send(site, path, **ASKED, time_zone="UTC").status_code == status, path
    for path in ("/courses/ece421/copy", f"{PATH}/remove"):
        assert send(site, path, slug="x-y", title="X", first_date="2027-01-01").status_code == status, path
    assert site.client.get("/courses/ece421").text.count("Set up") == 0
