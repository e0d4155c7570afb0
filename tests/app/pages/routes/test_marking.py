"""Staff comment on a submission and decide what it counts; the student reads both, and who did what stays on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from submissions.lateness import Late, LateRule

pytestmark = pytest.mark.both_databases

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


@pytest.fixture
def graded(site: Any, reports: Any) -> str:
    """The address of a submission of the student's with 74 of 100 points; the teacher is signed in."""
    site.login("student")
    address: str = site.handed_in(reports["sample"])
    site.login("teacher")
    return address


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def test_a_decision_counts_everywhere_and_is_shown_as_one(site: Any, graded: str) -> None:
    answer = send(site, f"{graded}/override", points="80,5", comment="<b>checked</b> by hand")
    assert answer.status_code == 303
    trail = site.client.get(graded).text
    assert "decided that this counts 80.5 of 100" in trail
    assert "80.5" in site.client.get(f"{PATH}/dashboard").text
    site.login("student")
    page = site.client.get(graded).text
    assert "Set by staff: 80.5 of 100. The checks gave 74 of 100." in page
    assert "80.5<small>of 100" in page
    verdict = page.split('<p class="verdict">')[1].split("</p>")[0]
    assert verdict.startswith("The checks gave 74 of 100. Five of seven parts are right. <b>Two findings</b> explain")
    assert "The bar shows what the checks gave, part by part." in page
    assert "<title>Attempt 1: 80.5 of 100" in page
    assert "&lt;b&gt;checked&lt;/b&gt; by hand" in page
    assert "Without the decision: 74." in page
    assert "What staff did" not in page
    assert "80.5" in site.client.get("/courses/ece421").text


def test_a_decision_can_be_taken_back_and_the_trail_keeps_both(site: Any, graded: str) -> None:
    send(site, f"{graded}/override", points="10", comment="copied")
    assert send(site, f"{graded}/override/remove").status_code == 303
    page = site.client.get(graded).text
    assert "Set by staff" not in page
    assert "74<small>of 100" in page
    assert "The checks gave" not in page
    assert "The bar shows" not in page
    assert "decided that this counts 10 of 100: copied" in page
    assert "took that decision back" in page


@pytest.mark.parametrize(
    ("points", "comment", "field", "said"),
    [
        ("101", "more", "points", "The points: a number from 0 to 100."),
        ("-1", "less", "points", "The points: a number from 0 to 100."),
        ("nan", "x", "points", "The points: a number from 0 to 100."),
        ("ten", "x", "points", "The points: a number from 0 to 100."),
        ("", "x", "points", "The points are between 0 and 100"),
        ("50", " ", "comment", "Say why: the student reads it."),
        ("50", "y" * 4001, "comment", "This is longer than 4000 characters."),
    ],
)
def test_a_refused_decision_changes_nothing_and_shows_the_page_with_what_was_typed(
    site: Any, graded: str, points: str, comment: str, field: str, said: str
) -> None:
    answer = send(site, f"{graded}/override", points=points, comment=comment)
    assert answer.status_code == 422
    page = answer.text
    assert "teacher &lt;b&gt;name" in page  # still signed in, to be seen
    assert "74<small>of 100" in page
    assert f'value="{points}"' in page
    assert f">\n{comment}</textarea>" in page
    place = page.split(f'id="override-{field}-problem">')[1].split("</p>")[0]
    assert said in place
    assert page.count('aria-invalid="true"') == page.count("autofocus") == 1
    assert f'aria-invalid="true" aria-describedby="override-{field}-problem"' in page
    assert "Set by staff" not in site.client.get(graded).text


def test_the_field_of_the_points_says_what_it_takes(site: Any, graded: str) -> None:
    field = site.client.get(graded).text.split('id="override-points"')[1].split(">")[0]
    assert 'type="number" min="0" max="100" step="any"' in field
    assert "required" in field
    assert "aria-invalid" not in field


def test_what_a_field_for_numbers_cannot_show_is_shown_as_text(site: Any, graded: str) -> None:
    page = send(site, f"{graded}/override", points='a "ten"', comment="x").text
    field = page.split('id="override-points"')[1].split(">")[0]
    assert 'type="text"' in field
    assert 'value="a &#34;ten&#34;"' in field


@pytest.mark.parametrize(
    ("text", "said"), [(" ", "Write a comment first."), ("<b>" + "y" * 4000, "This is longer than 4000 characters.")]
)
def test_a_refused_comment_is_kept_in_its_field(site: Any, graded: str, text: str, said: str) -> None:
    answer = send(site, f"{graded}/comments", text=text)
    assert answer.status_code == 422
    assert said in answer.text.split('id="comment-text-problem">')[1].split("</p>")[0]
    assert text.replace("<b>", "&lt;b&gt;") in answer.text
    assert 'value="74"' in answer.text
    assert "From your course staff" not in answer.text


def test_what_is_not_graded_yet_cannot_be_decided_and_the_reason_is_kept(site: Any) -> None:
    site.login("student")
    waiting = site.handed_in()
    site.login("teacher")
    answer = send(site, f"{waiting}/override", points="50", comment="looked <at>")
    assert answer.status_code == 422
    assert "no grade yet" in answer.text
    assert "looked &lt;at&gt;</textarea>" in answer.text
    assert f'href="{waiting}/override">Back to the page' in answer.text  # which leads on to it


@pytest.mark.parametrize("form", ["comments", "override"])
def test_the_address_of_a_form_leads_back_to_its_page(site: Any, graded: str, form: str) -> None:
    answer = site.client.get(f"{graded}/{form}")
    assert (answer.status_code, answer.headers["location"]) == (303, graded)


def test_a_comment_reaches_the_student_as_it_was_written(site: Any, graded: str) -> None:
    assert send(site, f"{graded}/comments", text="Look at line 3.\r\n<i>Then</i> run it.").status_code == 303
    site.login("student")
    page = site.client.get(graded).text
    assert "From your course staff" in page
    assert "Look at line 3.\n&lt;i&gt;Then&lt;/i&gt; run it." in page


@pytest.mark.parametrize("who", ["student", "peer", "stranger"])
@pytest.mark.parametrize("form", ["comments", "override", "override/remove"])
def test_nobody_else_marks(site: Any, graded: str, who: str, form: str) -> None:
    site.login(who)
    answer = send(site, f"{graded}/{form}", text="x", points="100", comment="x")
    assert answer.status_code == (403 if who == "student" else 404)
    site.login("teacher")
    assert "Set by staff" not in site.client.get(graded).text


@pytest.mark.parametrize("form", ["comments", "override"])
def test_who_may_not_is_told_so_whatever_the_form_says(site: Any, graded: str, form: str) -> None:
    site.login("student")
    assert send(site, f"{graded}/{form}").status_code == 403


def test_a_form_without_its_token_is_refused(site: Any, graded: str) -> None:
    answer = site.client.post(f"{graded}/override", data={"points": "100", "comment": "x"})
    assert answer.status_code == 403


def test_a_late_score_is_shown_before_and_after(site: Any, reports: Any, now: list[Any]) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.change_assignment(replace(site.assignment, late=LateRule(Late.PENALTY, 10.0, 1)))
    now[0] += timedelta(days=8, hours=12)
    site.login("student")
    address = site.handed_in(reports["sample"])
    page = site.client.get(address).text
    assert "66.6<small>of 100" in page
    assert "66.6 of 100. The checks gave 74 of 100." in page
    assert "74 less 10 % for two late days, of which one cost nothing" in page
    assert "late: 74 less 10 %" in site.client.get("/courses/ece421").text
    assert "Each late day after one day of grace costs 10 % of the points earned." in site.client.get(PATH).text


def test_what_is_hidden_is_not_there_for_students(site: Any, graded: str) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.change_assignment(replace(site.assignment, visible=False))
    assert site.client.get(PATH).status_code == 200
    site.login("student")
    for address in (PATH, f"{PATH}/starter.py", graded, f"{graded}/report.json", f"{graded}/source"):
        assert site.client.get(address).status_code == 404, address
    assert "Neural network" not in site.client.get("/courses/ece421").text
    assert site.upload().status_code == 404
