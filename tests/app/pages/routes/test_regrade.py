"""The page of regrades: preview, difference, apply, undo; and nobody but instructors."""

import re
from dataclasses import replace
from typing import Any

import pytest

from grader.report import Score
from grader.report_json import to_json
from submissions.gradings import record_grade

pytestmark = pytest.mark.both_databases

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


def send(site: Any, path: str, **fields: str) -> Any:
    return site.client.post(path, data={"csrf_token": site.token(), **fields})


def end_preview(site: Any, report: Any) -> str:
    """Record `report` for every grading of the newest regrade; its id."""
    with site.context.database.transaction() as tx:
        regrade = tx.regrades.of(site.assignment.id)[0]
        for kept in tx.regrades.kept(regrade.id):
            assert record_grade(tx, kept.grading_id, None, to_json(report), "s", "v2", site.now)
    return str(regrade.id)


@pytest.fixture
def address(site: Any, reports: Any) -> str:
    site.login("student")
    found: str = site.handed_in(reports["sample"])
    site.login("teacher")
    return found


def test_preview_difference_apply_and_undo(site: Any, reports: Any, address: str) -> None:
    assert "One submission graded by another version" in site.client.get(f"{PATH}/regrade").text
    assert "one submission graded by another one" in site.client.get(f"{PATH}/dashboard").text
    assert send(site, f"{PATH}/regrade").status_code == 303
    page = site.client.get(f"{PATH}/regrade").text
    assert "0 of 1 graded, 1 to go" in page
    assert "Apply" not in re.sub("not applied", "", page)
    regrade = end_preview(site, replace(reports["sample"], score=Score(80, 100)))
    page = site.client.get(f"{PATH}/regrade").text
    assert "Apply to one student" in page
    assert "+6" in page
    site.login("student")
    assert "74<small>of 100" in site.client.get(address).text
    site.login("teacher")
    assert send(site, f"{PATH}/regrade/{regrade}/apply").status_code == 303
    assert "80<small>of 100" in site.client.get(address).text
    assert "Undo it for one student" in site.client.get(f"{PATH}/regrade").text
    assert send(site, f"{PATH}/regrade/{regrade}/undo").status_code == 303
    assert "74<small>of 100" in site.client.get(address).text
    assert "undid a regrade" in site.client.get(address).text


def test_what_cannot_be_done_is_said(site: Any, address: str) -> None:
    send(site, f"{PATH}/regrade")
    again = send(site, f"{PATH}/regrade")
    assert again.status_code == 409
    assert "is being tried already" in again.text
    with site.context.database.reading() as tx:
        regrade = tx.regrades.of(site.assignment.id)[0].id
    assert send(site, f"{PATH}/regrade/{regrade}/apply").status_code == 409
    assert send(site, f"{PATH}/regrade/{regrade}/explode").status_code == 404
    assert send(site, f"{PATH}/regrade/nothing/apply").status_code == 404
    assert send(site, f"{PATH}/regrade/{regrade}/discard").status_code == 303


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("stranger", 404)])
def test_nobody_else_regrades(site: Any, address: str, who: str, status: int) -> None:
    send(site, f"{PATH}/regrade")
    with site.context.database.reading() as tx:
        regrade = tx.regrades.of(site.assignment.id)[0].id
    site.login(who)
    assert site.client.get(f"{PATH}/regrade").status_code == status
    for path in ("regrade", f"regrade/{regrade}/apply", f"regrade/{regrade}/undo", f"regrade/{regrade}/discard"):
        assert send(site, f"{PATH}/{path}").status_code == status


def test_one_submission_is_tried_from_its_page_and_applied_where_all_are(site: Any, reports: Any, address: str) -> None:
    assert "Try a regrade of this one" in site.client.get(address).text
    answer = send(site, f"{address}/regrade")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}/regrade")
    page = site.client.get(f"{PATH}/regrade").text
    assert f'It is of <a href="{address}">attempt 1 of student &lt;b&gt;name&lt;/b&gt;</a> alone.' in page
    assert "0 of 1 graded, 1 to go" in page
    page = site.client.get(address).text
    assert "A regrade of this assignment is being tried" in page
    assert "Try a regrade of this one" not in page
    again = send(site, f"{address}/regrade")
    assert again.status_code == 409
    assert "is being tried already" in again.text
    assert "alone." in again.text  # the page on which it can be applied or discarded
    regrade = end_preview(site, replace(reports["sample"], score=Score(80, 100)))
    page = site.client.get(f"{PATH}/regrade").text
    assert "The checks gave 74 of 100 and give 80 of 100 now." in page
    assert "Apply to one student" in page
    send(site, f"{PATH}/regrade/{regrade}/apply")
    page = site.client.get(address).text
    assert "80<small>of 100" in page
    assert "Try a regrade of this one" in page
    assert "tried a regrade of this." in page
    assert page.count("applied a regrade.") == 1
    history = site.client.get("/courses/ece421/history").text
    for word in ("began", "applied"):
        assert f"{word} a regrade of attempt 1 of student &lt;b&gt;name&lt;/b&gt; at Neural network." in history


def test_what_the_checks_say_anew_is_shown_where_no_grade_changes(site: Any, reports: Any, address: str) -> None:
    send(site, f"{address}/override", points="90", comment="Shown at the board")
    send(site, f"{address}/regrade")
    regrade = end_preview(site, replace(reports["sample"], score=Score(80, 100)))
    page = site.client.get(f"{PATH}/regrade").text
    assert "The checks gave 74 of 100 and give 80 of 100 now." in page
    assert "No grade would change." in page
    send(site, f"{PATH}/regrade/{regrade}/discard")
    assert "discarded that regrade." in site.client.get(address).text
    assert "discarded a regrade of attempt 1 of student" in site.client.get("/courses/ece421/history").text


def test_the_address_of_the_button_leads_back_to_its_page(site: Any, address: str) -> None:
    answer = site.client.get(f"{address}/regrade")
    assert (answer.status_code, answer.headers["location"]) == (303, address)


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("peer", 404), ("stranger", 404)])
def test_nobody_else_regrades_one(site: Any, address: str, who: str, status: int) -> None:
    site.login(who)
    assert send(site, f"{address}/regrade").status_code == status
    assert status == 404 or "Try a regrade" not in site.client.get(address).text
