"""Whom a platform makes what: who sets a course up, what they may, and that the course keeps an instructor."""

from datetime import timedelta

import pytest

from app import permissions
from app.lti import names
from app.permissions import Action
from app.security.tokens import digest
from submissions.models import Role
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import ASSISTANT, INSTRUCTOR, TEACHER, Browser
from tests.fakes.lti_platform import CONTEXT, Answer

GRADEBOOK = f"/courses/nn/assignments/{ASSIGNMENT}/lms"
NEW_ACTIVITY = {names.RESOURCE_LINK: {"id": "activity-2"}}


def test_an_assistant_connects_nothing(browser: Browser) -> None:
    answer = browser.launch(ASSISTANT)
    assert answer.status_code == 400 and "Your instructor has to open this activity first" in answer.text


def test_a_question_connects_a_course_only_for_an_instructor(browser: Browser) -> None:
    """The address of a question is all that stands between an assistant and a course of their own."""
    school, platform = browser.school, browser.registered
    answer = browser.launch(TEACHER)
    where, page = answer.headers["location"], browser.follow(answer)
    secret = digest(where.rsplit("/", 1)[-1])
    for role in ({"role": "assistant"}, {"role": "student"}, {}):  # an older version kept no role
        with school.context.database.transaction() as tx:
            kept = dict(tx.lti_platforms.use_ticket(secret, "lti question", school.clock()) or {})
            kept.pop("role", None)
            later = school.clock() + timedelta(minutes=10)
            tx.lti_platforms.add_ticket(secret, "lti question", {**kept, **role}, school.clock(), later)
        assert browser.request("GET", where).status_code == 400
        assert browser.send(page, f"{where}/course", course="new", title="Mine").status_code == 400
    with school.context.database.reading() as tx:
        assert tx.courses.by_slug("mine") is None and tx.lti_links.context(platform.id, CONTEXT) is None


@pytest.mark.parametrize(
    ("title", "slug"), [("New", "new-2"), ("A", "a-2"), ("Neue Netze!", "neue-netze"), ("?", "course")]
)
def test_a_course_from_a_launch_is_made_as_every_other_is(browser: Browser, title: str, slug: str) -> None:
    answer = browser.launch(TEACHER)
    where, page = answer.headers["location"], browser.follow(answer)
    assert browser.send(page, f"{where}/course", course="new", title=title).status_code == 303
    assert browser.request("GET", f"/courses/{slug}").status_code == 200
    with browser.school.context.database.reading() as tx:
        course = tx.courses.by_slug(slug)
        assert course is not None and course.title == title
        kinds = [event.kind for event in tx.events.of_course(course.id)]
        assert kinds == ["course.created", "lti.course_connected"]
        (person,) = tx.courses.people(course)
        created = [event for event in tx.events.of_course(course.id) if event.kind == "course.created"]
    assert (person.user.name, person.role) == ("Tom Teacher", Role.INSTRUCTOR)
    assert [(event.user_id, event.detail["by"]) for event in created] == [(person.user.id, "Tom Teacher")]


def test_the_last_instructor_stays_one_whatever_the_platform_says(browser: Browser) -> None:
    answer = browser.launch(TEACHER)
    where, page = answer.headers["location"], browser.follow(answer)
    page = browser.follow(browser.send(page, f"{where}/course", course="new", title="Networks"))
    browser.send(page, f"{where}/assignment", assignment=f"catalog:{ASSIGNMENT}")
    demoted = {**TEACHER, names.ROLES: ["Learner"]}
    dashboard = f"/courses/networks/assignments/{ASSIGNMENT}/dashboard"
    answer = browser.launch(demoted)
    assert answer.headers["location"] == dashboard and browser.follow(answer).status_code == 200
    browser.launch({**TEACHER, "sub": "teacher-2", "name": "Tara Teacher", "email": None})
    assert browser.launch(demoted).headers["location"] == dashboard.removesuffix("/dashboard")
    with browser.school.context.database.reading() as tx:
        course = tx.courses.by_slug("networks")
        assert course is not None
        said = [(event.kind, event.detail.get("role")) for event in tx.events.of_course(course.id)]
    assert [one for one in said if one[0].startswith("person.")] == [
        ("person.added", "instructor"),
        ("person.role", "student"),
    ]


def test_an_assistant_chooses_among_what_the_course_asks_and_adds_nothing(connected: Browser) -> None:
    school = connected.school
    answer = connected.launch({**ASSISTANT, **NEW_ACTIVITY})
    where, page = answer.headers["location"], connected.follow(answer)
    assert f'value="{ASSIGNMENT}"' in page.text and "catalog:" not in page.text
    refused = connected.send(page, f"{where}/assignment", assignment="catalog:hw2-softmax")
    assert refused.status_code == 403 and "set up the course" in refused.text
    with school.context.database.reading() as tx:
        assert [one.slug for one in tx.courses.assignments(school.asked.course_id)] == [ASSIGNMENT]
    assert connected.send(page, f"{where}/assignment", assignment=ASSIGNMENT).status_code == 303


def test_an_assistant_of_a_course_without_assignments_is_told_who_adds_one(browser: Browser) -> None:
    answer = browser.launch(TEACHER)
    page = browser.follow(answer)
    browser.send(page, f"{answer.headers['location']}/course", course="new", title="Networks")
    browser.cookies.clear()
    page = browser.follow(browser.launch(ASSISTANT))
    assert page.status_code == 200 and "only its instructor adds one" in page.text


def test_an_added_assignment_is_in_the_audit(connected: Browser) -> None:
    answer = connected.launch({**TEACHER, **NEW_ACTIVITY})
    where, page = answer.headers["location"], connected.follow(answer)
    assert connected.send(page, f"{where}/assignment", assignment="catalog:hw2-softmax").status_code == 303
    with connected.school.context.database.reading() as tx:
        events = tx.events.of_course(connected.school.asked.course_id)
    (added,) = [event for event in events if event.kind == "assignment.added"]
    assert (added.detail["by"], added.detail["assignment"]) == ("Tom Teacher", "hw2-softmax")


def test_who_is_no_staff_any_more_sees_no_question(connected: Browser) -> None:
    answer = connected.launch({**TEACHER, **NEW_ACTIVITY})
    where, page = answer.headers["location"], connected.follow(answer)
    school = connected.school
    with school.context.database.transaction() as tx:
        user_id = tx.lti_links.person(connected.registered.id, "teacher-1")
        tx.courses.enroll(school.asked.course_id, user_id or "", Role.STUDENT)
    assert connected.request("GET", where).status_code == 400
    assert connected.send(page, f"{where}/assignment", assignment=ASSIGNMENT).status_code == 400


@pytest.mark.parametrize("action", [Action.EXPORT_GRADES, Action.MANAGE_PEOPLE])
def test_a_roster_is_brought_over_by_whoever_manages_people(
    connected: Browser, monkeypatch: pytest.MonkeyPatch, action: Action
) -> None:
    """Today instructors may both; the table of what roles may is asked, not the role."""
    theirs = permissions.ALLOWED[Role.ASSISTANT] | {action}
    monkeypatch.setattr(permissions, "ALLOWED", {**permissions.ALLOWED, Role.ASSISTANT: theirs})
    connected.launch(ASSISTANT)
    page = connected.request("GET", GRADEBOOK)
    answer = connected.send(page, f"{GRADEBOOK}/roster")
    may = action is Action.MANAGE_PEOPLE
    assert ("Bring the roster over" in page.text, "Send all scores again" in page.text) == (may, not may)
    assert answer.status_code == (303 if may else 403)


def test_the_audit_of_the_course_has_what_went_to_and_fro(connected: Browser) -> None:
    connected.launch(TEACHER)
    page = connected.request("GET", GRADEBOOK)
    for step in ("push", "roster"):
        assert connected.send(page, f"{GRADEBOOK}/{step}").status_code == 303
    with connected.school.context.database.reading() as tx:
        kinds = [event.kind for event in tx.events.of_course(connected.school.asked.course_id)]
    assert kinds == ["person.added", "lti.pushed", "lti.roster"]


def test_who_may_manage_people_no_more_while_the_platform_answers_brings_nobody(connected: Browser) -> None:
    school, course_id = connected.school, connected.school.asked.course_id
    connected.launch(TEACHER)
    page = connected.request("GET", GRADEBOOK)
    members = b'{"members": [{"user_id": "learner-9", "name": "Late", "roles": ["Learner"]}]}'

    def slow() -> Answer:
        with school.context.database.transaction() as tx:
            teacher = tx.lti_links.person(connected.registered.id, "teacher-1")
            tx.courses.enroll(course_id, teacher or "", Role.ASSISTANT)
        return 200, "application/json", members

    connected.platform.answers["/members"] = slow
    refused = connected.send(page, f"{GRADEBOOK}/roster")
    assert refused.status_code == 403 and "manage who is in the course" in refused.text
    with school.context.database.reading() as tx:
        assert "Late" not in {user.name for user in tx.courses.learners(course_id)}


def test_a_roster_that_names_another_instructor_is_followed_whatever_its_order(connected: Browser) -> None:
    """`ines` is of the course by herself, so she leaves it first."""
    school, course_id = connected.school, connected.school.asked.course_id
    connected.launch({**TEACHER, "email": None})
    with school.context.database.transaction() as tx:
        tx.courses.unenroll(course_id, school.people["ines"].id)
    page = connected.request("GET", GRADEBOOK)
    alone = [{"user_id": "teacher-1", "name": "T", "roles": ["Learner"]}]
    for members, roles in (
        (alone, {Role.INSTRUCTOR}),
        ([*alone, {"user_id": "teacher-2", "name": "U", "roles": INSTRUCTOR}], {Role.STUDENT}),
    ):
        connected.platform.members = members
        assert connected.send(page, f"{GRADEBOOK}/roster").status_code == 303
        with school.context.database.reading() as tx:
            teacher = tx.lti_links.person(connected.registered.id, "teacher-1")
            assert {tx.courses.role(course_id, teacher or "")} == roles
            changes = [event for event in tx.events.of_course(course_id) if event.kind == "person.role"]
    assert [(event.user_id, event.detail["role"]) for event in changes] == [(teacher, "student")]
