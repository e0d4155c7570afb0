"""A student asks about a result: once about each attempt, for some days; staff answer with a comment or a decision."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.app.conftest import ASSIGNMENT

pytestmark = pytest.mark.both_databases

PATH = f"/courses/ece421/assignments/{ASSIGNMENT}"
LIST = "/courses/ece421/questions"
WORDS = "Why is <b>line 3</b> wrong?\r\nIt is in the script."
SHOWN = "Why is &lt;b&gt;line 3&lt;/b&gt; wrong?\nIt is in the script."


@pytest.fixture
def graded(site: Any, reports: Any) -> str:
    """The address of a submission of the student's with 74 of 100 points; the student is signed in."""
    site.login("student")
    address: str = site.handed_in(reports["sample"])
    return address


@pytest.fixture
def asked(site: Any, graded: str) -> str:
    """The same with an open question; the teacher is signed in."""
    assert send(site, f"{graded}/question", question=WORDS, part="relu").status_code == 303
    site.login("teacher")
    return graded


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def takes(site: Any, days: int | None) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.change_assignment(replace(site.assignment, question_days=days))


def test_a_question_is_shown_with_its_state_and_no_second_one_is_taken(site: Any, graded: str) -> None:
    page = site.client.get(graded).text
    assert page.count("Ask about this result") == 2  # the form, and the link to it beside the attempts
    assert 'once about this attempt, until <time datetime="2026-11-28T19:02:07Z">' in page
    answer = send(site, f"{graded}/question", question=WORDS, part="relu")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{graded}#question")
    page = site.client.get(graded).text
    question = page.split('id="question"')[1].split("</section>")[0]
    assert "Your question about this result" in question
    assert SHOWN in question
    assert "<code>relu</code>" in question
    assert "Open: your course staff answer here." in question
    assert "Ask about this result" not in page
    assert "question open" in page.split('class="attempts"')[1].split("</ul>")[0]
    assert "question open" in site.client.get(PATH).text.split('class="attempts"')[1]
    assert f'href="{graded}#question">attempt 1</a>: question open' in site.client.get("/courses/ece421").text
    again = send(site, f"{graded}/question", question="And <now>?")
    assert again.status_code == 422
    assert "You have asked about this attempt already." in again.text
    assert "And &lt;now&gt;?</textarea>" in again.text
    assert again.text.count('id="question"') == 1


def test_staff_find_it_and_a_comment_answers_it(site: Any, asked: str) -> None:
    assert "Questions (1)" in site.client.get("/courses/ece421").text
    assert f'href="{LIST}?assignment={ASSIGNMENT}">one open question</a>' in site.client.get("/courses/ece421").text
    assert "Questions (1)" in site.client.get(f"{PATH}/dashboard").text
    found = site.client.get(LIST).text
    assert f'<a href="{asked}#question"><b>student &lt;b&gt;name&lt;/b&gt;</b></a>' in found
    assert "Neural network, attempt 1" in found
    assert SHOWN in found
    page = site.client.get(asked).text
    assert "student &lt;b&gt;name&lt;/b&gt; asks about this result" in page
    assert "Your answer to student" in page
    assert "This answers the question too." in page
    assert send(site, f"{asked}/comments", text="Look at the sum.").status_code == 303
    page = site.client.get(asked).text
    assert "Answered by teacher &lt;b&gt;name&lt;/b&gt;, <time" in page
    assert "A comment to student" in page
    assert "asked about this result." in page
    assert "answered the question." in page
    assert "No question is open." in site.client.get(LIST).text
    assert SHOWN in site.client.get(f"{LIST}?state=answered").text
    assert "Questions (" not in site.client.get("/courses/ece421").text
    history = site.client.get("/courses/ece421/history").text
    assert "student &lt;b&gt;name&lt;/b&gt; asked about attempt 1 of" in history
    assert "answered the question about attempt 1 of" in history
    assert "line 3" not in history
    site.login("student")
    page = site.client.get(asked).text
    assert "Look at the sum." in page
    assert "Answered by teacher" in page
    assert "question answered" in site.client.get("/courses/ece421").text


@pytest.mark.parametrize("points", ["80", "74"])
def test_a_decision_answers_it_too(site: Any, asked: str, points: str) -> None:
    assert send(site, f"{asked}/override", points=points, comment="You are right.").status_code == 303
    assert "Answered by teacher" in site.client.get(asked).text
    site.login("student")
    assert "You are right." in site.client.get(asked).text


def test_a_decision_that_holds_already_answers_what_was_asked_since(site: Any, graded: str) -> None:
    site.login("teacher")
    send(site, f"{graded}/override", points="80", comment="Checked.")
    site.login("student")
    send(site, f"{graded}/question", question="Why?")
    site.login("teacher")
    send(site, f"{graded}/override", points="80", comment="Checked.")
    assert "Answered by teacher" in site.client.get(graded).text


@pytest.mark.parametrize(
    ("fields", "place", "said"),
    [
        ({"question": " "}, "question", "Write your question first."),
        ({"question": "<b>" + "y" * 4000}, "question", "This is longer than 4000 characters."),
        ({"question": "Why <at> all?", "part": "gone"}, "part", "Choose one of the parts, or the whole result."),
    ],
)
def test_a_refused_question_is_kept_in_its_field(
    site: Any, graded: str, fields: dict[str, str], place: str, said: str
) -> None:
    answer = send(site, f"{graded}/question", **fields)
    assert answer.status_code == 422
    assert said in answer.text.split(f'id="question-{place}-problem">')[1].split("</p>")[0]
    assert answer.text.count('aria-invalid="true"') == answer.text.count("autofocus") == 1
    assert fields["question"].replace("<", "&lt;").replace(">", "&gt;") + "</textarea>" in answer.text
    assert "Your question about this result" not in site.client.get(graded).text


def test_the_part_that_was_chosen_stays_chosen(site: Any, graded: str) -> None:
    page = send(site, f"{graded}/question", question="", part="relu").text
    assert '<option value="relu" selected>relu</option>' in page


def test_the_time_to_ask_ends_and_what_was_written_is_there_to_copy(site: Any, graded: str, now: list[Any]) -> None:
    now[0] += timedelta(days=7)
    site.login("student")
    assert "Ask about this result" in site.client.get(graded).text
    now[0] += timedelta(seconds=1)
    page = site.client.get(graded).text
    assert "Ask about this result" not in page
    assert "The time to ask about this result ended" in page
    answer = send(site, f"{graded}/question", question="Too <late>?")
    assert answer.status_code == 422
    assert "The time to ask about this result is over." in answer.text
    assert "Too &lt;late&gt;?</textarea>" in answer.text
    assert "Send the question" not in answer.text


def test_a_decision_of_staff_can_be_asked_about_as_long(site: Any, graded: str, now: list[Any]) -> None:
    now[0] += timedelta(days=8)
    site.login("teacher")
    send(site, f"{graded}/override", points="10", comment="Copied.")
    site.login("student")
    assert send(site, f"{graded}/question", question="From whom?").status_code == 303


def test_an_instructor_turns_questions_off(site: Any, graded: str) -> None:
    takes(site, None)
    page = site.client.get(graded).text
    assert "ask about this result" not in page.lower()
    answer = send(site, f"{graded}/question", question="Why <at> all?")
    assert answer.status_code == 422
    assert "Questions about the results of this assignment are not taken here." in answer.text
    assert "Why &lt;at&gt; all?</textarea>" in answer.text
    site.login("teacher")
    assert "No assignment of this course takes questions" in site.client.get(LIST).text


def test_what_has_no_result_cannot_be_asked_about_and_the_words_are_kept(site: Any) -> None:
    site.login("student")
    waiting = site.handed_in()
    answer = send(site, f"{waiting}/question", question="When <done>?")
    assert answer.status_code == 422
    assert "There is no result yet that you could ask about." in answer.text
    assert "When &lt;done&gt;?</textarea>" in answer.text
    assert "The question that you had written" in answer.text
    assert "ask about this result" not in site.client.get(waiting).text.lower()


@pytest.mark.parametrize(("who", "status"), [("peer", 404), ("stranger", 404), ("teacher", 403)])
def test_nobody_else_asks(site: Any, graded: str, who: str, status: int) -> None:
    site.login(who)
    assert send(site, f"{graded}/question", question="x").status_code == status
    assert send(site, f"{graded}/question").status_code == status


def test_a_form_without_its_token_is_refused(site: Any, graded: str) -> None:
    assert site.client.post(f"{graded}/question", data={"question": "x"}).status_code == 403


def test_the_address_of_the_form_leads_back_to_its_page(site: Any, graded: str) -> None:
    answer = site.client.get(f"{graded}/question")
    assert (answer.status_code, answer.headers["location"]) == (303, graded)


def test_the_days_are_a_setting_of_the_assignment_and_on_record(site: Any, graded: str) -> None:
    site.login("teacher")
    page = site.client.get(f"{PATH}/edit").text
    assert 'name="question_days" type="text" value="7"' in page
    form = {"title": "Nets", "points": "100", "late": "closed", "visible": "yes", "due_at": "2026-11-28T14:02"}
    answer = send(site, f"{PATH}/edit", **form, question_days="0")
    assert answer.status_code == 422
    assert "The days in which students may ask about a result: a whole number from 1 to 365." in answer.text
    assert 'value="0"' in answer.text
    assert send(site, f"{PATH}/edit", **form, question_days="14").status_code == 303
    history = site.client.get("/courses/ece421/history").text
    assert "days in which students may ask about a result: 7 → 14" in history
    assert send(site, f"{PATH}/edit", **form, question_days="").status_code == 303
    history = site.client.get("/courses/ece421/history").text
    assert "days in which students may ask about a result: 14 → none" in history
