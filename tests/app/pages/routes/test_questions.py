"""The list of questions: of a course or one assignment, open or answered, some at a time."""

from typing import Any

import pytest

from app.pages.classwork import questions
from app.pages.slices import slice_of
from submissions.models import Role

PATH = "/courses/nn/questions"


@pytest.fixture
def asked(school: Any) -> list[str]:
    """Three submissions with open questions, the first one asked about first."""
    made = []
    for number in range(3):
        made.append(school.hand_in("ada", f"x = {number}\n"))
        assert school.grade()
        school.clock.forward(60)
        with school.context.database.transaction() as tx:
            assert tx.questions.ask(made[-1], "", f"Question {number}?", school.clock())
    school.sign_in("asta")
    return made


def shown(school: Any, query: str = "") -> list[str]:
    """The questions on the page, in its order."""
    answer = school.client.get(PATH + query)
    assert answer.status_code == 200
    return [f"Question {part[0]}" for part in answer.text.split('lines-kept">Question ')[1:]]


def test_the_one_that_waits_longest_is_first(school: Any, asked: list[str]) -> None:
    assert shown(school) == ["Question 0", "Question 1", "Question 2"]
    assert "3 open" in school.client.get(PATH).text


def test_answered_ones_are_on_a_page_of_their_own_the_last_first(school: Any, asked: list[str]) -> None:
    with school.context.database.transaction() as tx:
        for submission in asked[:2]:
            school.clock.forward(60)
            assert tx.questions.answer(submission, school.people["asta"].id, school.clock())
    assert shown(school) == ["Question 2"]
    assert shown(school, "?state=answered") == ["Question 1", "Question 0"]
    assert "2 answered" in school.client.get(f"{PATH}?state=answered").text
    assert "Answered by Asta" in school.client.get(f"{PATH}?state=answered").text


def test_those_of_one_assignment(school: Any, asked: list[str]) -> None:
    with school.context.database.transaction() as tx:
        course = school.asked.course_id
        tx.courses.add_assignment(course, "hw2-softmax", "Softmax", 10.0, None, None, None)
    assert shown(school, f"?assignment={school.asked.slug}") == ["Question 0", "Question 1", "Question 2"]
    page = school.client.get(f"{PATH}?assignment=hw2-softmax").text
    assert "No question is open." in page
    assert "0 open" in page


def test_a_long_list_comes_in_pages(school: Any, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "slice_of", lambda items, first: slice_of(items, first, 2))
    assert shown(school) == ["Question 0", "Question 1"]
    assert f'href="{PATH}?first=3"' in school.client.get(PATH).text
    assert shown(school, "?first=3") == ["Question 2"]


def test_a_question_of_another_course_is_not_there(school: Any, asked: list[str]) -> None:
    with school.context.database.transaction() as tx:
        other = tx.courses.add("other", "Another course", "UTC")
        tx.courses.enroll(other.id, school.people["asta"].id, Role.ASSISTANT)
    page = school.client.get("/courses/other/questions").text
    assert "Question 0" not in page
    assert "0 open" in page


@pytest.mark.parametrize(("who", "status"), [("ada", 403), ("eve", 404)])
def test_students_have_no_list(school: Any, asked: list[str], who: str, status: int) -> None:
    school.client.forget()
    school.sign_in(who)
    assert school.client.get(PATH).status_code == status
