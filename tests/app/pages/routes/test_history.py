"""The history of a course: a sentence for each kind of event, pages, who reads it, and what never shows."""

from typing import Any

import pytest

from app.pages.course import history
from app.pages.course.history import AT_A_TIME
from app.pages.course.history_words import SENTENCES
from submissions.erasing import erase_person
from submissions.invitations import create_invitation, withdraw_invitation
from submissions.models import Role
from tests.app.conftest import ASSIGNMENT, Installation
from tests.app.pages.said_events import SAID
from tests.app.pages.written_kinds import written_kinds

PATH = "/courses/nn/history"


@pytest.fixture
def teacher(school: Any) -> Any:
    school.sign_in("ines")
    return school


def noted(
    school: Installation, kind: str, by: str | None = "ines", submission: str | None = None, **detail: Any
) -> int:
    """Write an event of the course as the application does; its number."""
    course = school.asked.course_id
    user_id = school.people[by].id if by else None
    with school.context.database.transaction() as tx:
        tx.events.add(kind, school.clock(), user_id=user_id, course_id=course, submission_id=submission, detail=detail)
        return tx.events.of_course(course)[-1].id


def page(school: Installation, query: str = "") -> str:
    answer = school.client.get(PATH + query)
    assert answer.status_code == 200
    return str(answer.text)


def test_each_kind_has_its_sentence(teacher: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "AT_A_TIME", 2 * len(SAID))  # all of them on one page
    submission = teacher.hand_in("ada")
    lms, course = "https://lms.example.org", teacher.asked.course_id
    with teacher.context.database.transaction() as tx:
        tx.accounts.add_user("namesake@example.org", "Ines", None, teacher.clock())
        platform = tx.lti_platforms.add("Moodle", lms, "c", lms, lms, lms, (), teacher.clock())
        made = [
            create_invitation(
                tx, course_id=course, role=Role.STUDENT, email=email, by=None, token_sha256=token, now=teacher.clock()
            )
            for email, token in (("bob@example.org", "one"), (None, "two"))
        ]
    ids = {
        "{ada}": teacher.people["ada"].id,
        "{asked}": teacher.asked.id,
        "{moodle}": platform.id,
        "{open}": made[0].id,
        "{link}": made[1].id,
    }
    for kind, detail, _said in SAID:
        filled = {name: ids.get(value, value) if isinstance(value, str) else value for name, value in detail.items()}
        noted(teacher, kind, submission=submission if kind.startswith("submission.") else None, **filled)
    text = page(teacher)

    assert [said for _kind, _detail, said in SAID if said not in text] == []
    assert "The command line invited bob@example.org as student." in text
    assert "private words" not in text
    assert [one for one in ids.values() if one in text] == []


def test_every_kind_that_the_code_writes_for_a_course_has_a_sentence_and_no_other() -> None:
    assert written_kinds() == set(SENTENCES)
    assert {kind for kind, _detail, _said in SAID} == set(SENTENCES)


def test_it_is_read_by_days_of_the_course_with_the_newest_first(teacher: Installation) -> None:
    with teacher.context.database.transaction() as tx:
        course = tx.courses.by_slug("nn")
        assert course is not None
        tx.courses.change(type(course)(course.id, course.slug, course.title, "America/Toronto"))
    noted(teacher, "course.created")  # at noon in UTC, eight in the morning there
    teacher.clock.forward(15 * 3600)
    noted(teacher, "webhook.added", url="https://first.example.org")  # three at night in UTC, still the same day there
    teacher.clock.forward(3600)
    noted(teacher, "webhook.removed", url="https://first.example.org")
    teacher.clock.forward(24 * 3600)
    noted(teacher, "lti.roster", people=3)
    teacher.sign_in("ines")
    text = page(teacher)

    days = ("Thursday 3 Sep<", "the roster", "Wednesday 2 Sep<", "removed", "Tuesday 1 Sep<", "added", "made the")
    places = [text.index(word) for word in days]
    assert places == sorted(places)
    assert text.count("<h2>") == 3
    assert ">08:00:00</time>" in text
    assert ">23:00:00</time>" in text
    assert "Toronto time" in text


@pytest.mark.both_databases
def test_older_lines_are_a_page_further(teacher: Installation) -> None:
    numbers = [noted(teacher, "webhook.added", url=f"https://e.org/{n}/") for n in range(AT_A_TIME + 3)]
    first = page(teacher)

    assert first.count("added the webhook") == AT_A_TIME
    assert f"/{AT_A_TIME + 2}/" in first
    assert "https://e.org/2/" not in first
    assert f'href="{PATH}?before={numbers[3]}"' in first
    assert "Newest" not in first
    second = page(teacher, f"?before={numbers[3]}")
    assert [n for n in range(AT_A_TIME + 3) if f"https://e.org/{n}/" in second] == [0, 1, 2]
    assert "Older" not in second
    assert f'href="{PATH}"' in second
    assert "Nothing was done before that." in page(teacher, f"?before={numbers[0]}")


def test_a_full_page_that_is_the_last_has_no_older_one(teacher: Installation) -> None:
    for _ in range(AT_A_TIME):
        noted(teacher, "course.created")

    assert "Older" not in page(teacher)


@pytest.mark.parametrize("before", ["x", "-1", "1.5", "2147483648", "9" * 5000, "٣", " 1", "1%00"])
def test_what_is_no_number_is_refused(teacher: Installation, before: str) -> None:
    answer = teacher.client.get(f"{PATH}?before={before}")

    assert answer.status_code == 422
    assert "“before” is the number of an event" in answer.text


@pytest.mark.both_databases
@pytest.mark.parametrize("before", ["", "0", "2147483647"])
def test_any_number_is_taken(teacher: Installation, before: str) -> None:
    page(teacher, f"?before={before}")


def test_with_nothing_done_it_says_so(teacher: Installation) -> None:
    assert "Nothing was done in this course yet." in page(teacher)


def test_what_was_done_in_another_course_or_in_none_does_not_show(teacher: Installation) -> None:
    with teacher.context.database.transaction() as tx:
        other = tx.courses.add("other", "Other", "UTC")
        tx.events.add("webhook.added", teacher.clock(), course_id=other.id, detail={"url": "https://elsewhere.org"})
        tx.events.add("grades.changed", teacher.clock(), detail={"assignment": teacher.asked.id})
    teacher.hand_in("ada")

    assert "Nothing was done in this course yet." in page(teacher)


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("asta", 403), ("eve", 404), ("otto", 200), ("ines", 200)])
def test_it_is_for_instructors_and_operators(school: Installation, who: str, status: int) -> None:
    school.sign_in(who)

    assert school.client.get(PATH).status_code == status
    course = school.client.get("/courses/nn").text
    assert (f'href="{PATH}"' in course) == (status == 200)


def test_the_settings_lead_to_it(teacher: Installation) -> None:
    assert f'href="{PATH}"' in teacher.client.get("/courses/nn/settings").text


def test_an_unknown_kind_is_named_and_strange_details_break_nothing(teacher: Installation) -> None:
    noted(teacher, "coffee.made", strong=True)
    for kind in SENTENCES:
        noted(teacher, kind)
        noted(teacher, kind, points="many", due_at="soon", role=7, student=[1], assignment={}, more_attempts="x")
    text = page(teacher, "?before=10")

    assert "Ines: coffee.made." in text
    assert "Ines" in page(teacher)


def test_what_people_write_is_text(teacher: Installation) -> None:
    noted(teacher, "webhook.added", url="https://e.org/<script>{who}\u202e")
    text = page(teacher)

    assert "https://e.org/&lt;script&gt;{who}⟨202E⟩." in text


def test_who_was_erased_is_not_named(school: Installation) -> None:
    with school.context.database.transaction() as tx:
        tx.courses.enroll(school.asked.course_id, school.people["otto"].id, Role.INSTRUCTOR)
    ada, ines = school.people["ada"], school.people["ines"]
    noted(school, "extension.given", by="ines", student=ada.id, assignment=ASSIGNMENT, more_attempts=1)
    noted(school, "person.added", by="ines", email=ada.email, role="student")
    noted(school, "person.role", by="otto", email=ines.email, role="instructor")
    noted(school, "webhook.added", by="ines", url="https://e.org")
    noted(school, "person.removed", by="ines", email="eve@example.org", role="student")
    noted(school, "invitation.created", by="ines", invitation="gone", role="student")
    with school.context.database.transaction() as tx:
        for person in (ada, ines):
            erase_person(tx, person, school.clock())
    school.sign_in("otto")
    text = page(school)

    assert "Erased person gave Erased person one further attempt at Neural network." in text
    assert "Erased person added Erased person as student." in text
    assert "Otto changed the role of Erased person to instructor." in text
    assert "Erased person added the webhook https://e.org." in text
    assert "Erased person invited somebody as student." in text
    assert "Erased person took Eve, student, out of the course." in text
    assert "Ada" not in text
    assert "Ines" not in text


def test_who_has_another_name_now_has_it_here_too_and_a_command_is_named(teacher: Installation) -> None:
    noted(teacher, "course.created")
    noted(teacher, "assignment.removed", by=None, assignment="gone", title="Softmax")
    with teacher.context.database.transaction() as tx:
        course = teacher.asked.course_id
        tx.events.add("course.created", teacher.clock(), course_id=course, detail={"by": "command line"})
        tx.accounts.set_profile(teacher.people["ines"].id, "Inés", None)
    text = page(teacher)

    assert "Inés made the course." in text
    assert "The command line made the course." in text
    assert "Erased person removed Softmax." in text


def test_what_the_pages_do_is_told(teacher: Installation) -> None:
    """From the forms to the sentences; nothing secret is among them."""
    found = teacher.client.get("/courses/nn/settings").text
    token = found.partition('name="csrf_token" value="')[2].partition('"')[0]
    send = {"csrf_token": token}
    made = teacher.client.post("/courses/nn/people/invitations", data=send | {"email": "", "role": "student"}).text
    link = made.partition("/invitations/")[2].partition("<")[0]
    hook = teacher.client.post("/courses/nn/webhooks", data=send | {"url": "https://e.org/hook"}).text
    secret = hook.partition("whsec_")[2].partition("<")[0]
    given = {"student": teacher.people["ada"].id, "due_at": "2026-09-10T18:00", "more_attempts": "", "reason": "ill"}
    teacher.client.post(f"/courses/nn/assignments/{ASSIGNMENT}/extensions", data=send | given)
    with teacher.context.database.transaction() as tx:
        (invitation,) = tx.invitations.open_of(teacher.asked.course_id, teacher.clock())
        withdraw_invitation(tx, invitation, teacher.people["ines"], teacher.clock())
    text = page(teacher)

    assert "Ines invited somebody as student." in text
    assert "Ines withdrew an invitation as student." in text
    assert "Ines added the webhook https://e.org/hook." in text
    assert "Ines gave Ada an extension of Neural network until Thursday 10 Sep, 18:00." in text
    assert len(link) > 20
    assert link not in text
    assert len(secret) > 20
    assert secret not in text
