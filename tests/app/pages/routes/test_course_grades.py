"""The gradebook of a course: everybody, every state in words, sorted by links, and as few statements for any course."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from submissions.lateness import Late, LateRule
from submissions.models import Role
from tests.app.pages.routes.conftest import STORED

GRADES = "/courses/ece421/grades"


@contextmanager
def statements(site: Any) -> Iterator[list[str]]:
    """What is read meanwhile."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    with site.context.database.reading() as tx:
        engine = tx.courses._connection.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def fewest(site: Any, address: str) -> int:
    """How many statements the page needs; what the service does beside it now and then is not counted."""
    counts = []
    for _ in range(3):
        with statements(site) as asked:
            assert site.client.get(address).status_code == 200
        counts.append(len(asked))
    return min(counts)


def more_of_everything(site: Any, count: int) -> None:
    with site.context.database.transaction() as tx:
        course = tx.courses.by_slug("ece421")
        for number in range(count):
            tx.courses.add_assignment(course.id, f"more-{number}", f"More {number}", 10.0, None, None, None)
            user = tx.accounts.add_user(f"s{number}@example.org", f"S {number:03d}", STORED, site.now)
            tx.courses.enroll(course.id, user.id, Role.STUDENT)


def body_rows(page: str) -> list[str]:
    return re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, flags=re.DOTALL)


def test_everybody_has_a_row_with_a_link_to_what_counts(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    site.login("teacher")
    page = site.client.get(GRADES).text
    peer, student = body_rows(page)
    assert "peer &lt;b&gt;name&lt;/b&gt;" in peer
    assert "nothing handed in" in peer
    assert f'<a href="{address}">74</a>' in student
    assert "<b>74</b>" in student
    assert "of 100" in page
    assert f'href="{GRADES}"' in site.client.get("/courses/ece421").text
    assert f'href="{GRADES}"' in site.client.get("/courses/ece421/assignments/ece421-numpy-nn/dashboard").text


def test_what_is_late_set_waiting_or_hidden_says_so_in_words(
    site: Any, reports: Any, now: list[Any], make_late: Any
) -> None:
    site.login("student")
    waits = site.handed_in()
    site.login("teacher")
    assert "waiting" in body_rows(site.client.get(GRADES).text)[1]
    make_late()
    site.record(waits, reports["sample"])
    late = body_rows(site.client.get(GRADES).text)[1]
    assert re.search(r'66.6 <span class="muted">late</span>', late)
    form = {"csrf_token": site.token(), "points": "80", "comment": "checked"}
    assert site.client.post(f"{waits}/override", data=form).status_code == 303
    assert (
        '80 <span class="muted">late</span> <span class="muted">set</span>'
        in body_rows(site.client.get(GRADES).text)[1]
    )


@pytest.fixture
def make_late(site: Any) -> Any:
    """Moves the due date into the past, at ten percent a day."""

    def move() -> None:
        with site.context.database.transaction() as tx:
            due = site.now - timedelta(hours=1)
            tx.courses.change_assignment(replace(site.assignment, due_at=due, late=LateRule(Late.PENALTY, 10.0)))

    return move


def test_the_heads_sort_without_a_script(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    page = site.client.get(GRADES).text
    assert '<th scope="col" aria-sort="ascending"><a href="/courses/ece421/grades?sort=name&amp;order=falling">' in page
    for sort in ("total", site.assignment.id):
        assert f"sort={sort}&amp;order=falling" in page
        best_first = body_rows(site.client.get(f"{GRADES}?sort={sort}&order=falling").text)
        assert "student" in best_first[0]
        assert "peer" in body_rows(site.client.get(f"{GRADES}?sort={sort}&order=rising").text)[0]
    assert len(body_rows(site.client.get(f"{GRADES}?sort=%3Cb%3E&order=x&first=99").text)) == 2


def test_hidden_work_is_shown_and_in_no_total(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    with site.context.database.transaction() as tx:
        course = tx.courses.by_slug("ece421")
        tx.courses.add_assignment(course.id, "secret", "Secret", 10.0, None, None, None, visible=False)
    page = site.client.get("/courses/ece421").text
    assert "Total: <b>74</b> of 100 points" in page
    assert "Secret" not in page
    site.login("teacher")
    page = site.client.get(GRADES).text
    assert "of 10, hidden" in page
    assert "of 100</small>" in page
    assert "of 110" not in page


@pytest.mark.parametrize("sort", ["name", "total", "assignment"])
def test_a_page_needs_as_many_statements_however_large_the_course(site: Any, reports: Any, sort: str) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    address = f"{GRADES}?sort={site.assignment.id if sort == 'assignment' else sort}"
    before = fewest(site, address)
    more_of_everything(site, 120)
    page = site.client.get(address).text
    assert len(body_rows(page)) == 100
    assert "1 to 100 of 122" in page
    assert fewest(site, address) == before <= 14
    assert site.client.get(f"{GRADES}.csv").text.count("\r\n") == 123
    assert fewest(site, f"{GRADES}.csv") <= 14


def test_pages_keep_their_order(site: Any) -> None:
    site.login("teacher")
    more_of_everything(site, 120)
    first = site.client.get(f"{GRADES}?sort=name&order=falling").text
    assert "sort=name&amp;order=falling&amp;first=101" in first
    second = site.client.get(f"{GRADES}?sort=name&order=falling&first=101").text
    assert "101 to 122 of 122" in second
    assert set(body_rows(first)) & set(body_rows(second)) == set()


def test_the_csv_is_a_download_that_a_spreadsheet_reads_as_utf_8(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    answer = site.client.get(f"{GRADES}.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="ece421-grades.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [(row["total"], row["maximum"], row["ece421-numpy-nn"]) for row in rows] == [
        ("0", "100", ""),
        ("74", "100", "74"),
    ]


def test_a_course_without_work_or_people_is_a_page(site: Any) -> None:
    with site.context.database.transaction() as tx:
        other = tx.courses.by_slug("other")
        tx.courses.enroll(other.id, tx.accounts.by_email("teacher@example.org").id, Role.INSTRUCTOR)
    site.login("teacher")
    assert "This course has no assignment yet." in site.client.get("/courses/other/grades").text
    with site.context.database.transaction() as tx:
        tx.courses.add_assignment(other.id, "one", "One", 10.0, None, None, None)
    assert "No student is in this course yet." in site.client.get("/courses/other/grades").text


def test_a_student_sees_their_own_total_only(site: Any, reports: Any) -> None:
    site.login("student")
    assert "Total:" not in site.client.get("/courses/ece421").text
    site.handed_in(reports["sample"])
    more_of_everything(site, 1)
    page = site.client.get("/courses/ece421").text
    assert "Total: <b>74</b> of 110 points" in page
    assert "(74 of 100 in what is graded so far)" in page
    assert GRADES not in page
    for address in (GRADES, f"{GRADES}.csv"):
        assert site.client.get(address).status_code == 403
    site.login("stranger")
    for address in (GRADES, f"{GRADES}.csv"):
        assert site.client.get(address).status_code == 404
