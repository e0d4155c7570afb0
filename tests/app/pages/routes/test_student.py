"""Courses, assignments and handing in."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from submissions.lateness import Late, LateRule

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


def test_pages_lead_to_the_sign_in_and_back(site: Any) -> None:
    answer = site.client.get(PATH)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=%2Fcourses")


def test_home_lists_courses_with_the_next_deadline_and_its_zone(site: Any) -> None:
    site.login("student")
    page = site.client.get("/").text
    assert "ECE 421" in page
    assert "Other" not in page
    assert "Saturday 28 Nov, 14:02" in page
    assert "Toronto time, UTC−5" in page


def test_home_of_somebody_without_a_course_says_what_to_do(site: Any) -> None:
    site.login("stranger")
    assert "You are in no course yet" in site.client.get("/").text


def test_course_shows_best_score_and_attempts_left(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    page = site.client.get("/courses/ece421").text
    assert '74 <span class="muted">of 100</span>' in page
    assert "2 of 3 left" in page


def test_an_assignment_says_first_when_it_is_due_what_is_left_and_what_counts(site: Any, reports: Any) -> None:
    site.login("student")
    first = site.client.get(PATH).text.split('<div class="sheet">')[0]
    assert "<b>Due <time" in first
    assert "Saturday 28 Nov, 14:02" in first
    assert "in 7 days" in first
    assert "Attempts: 3 of 3 left" in first
    assert "No score yet" in first

    site.handed_in(reports["sample"])
    first = site.client.get(PATH).text.split('<div class="sheet">')[0]
    assert "Attempts: 2 of 3 left" in first
    assert 'Best: 74 <span class="muted">of 100</span>' in first

    site.login("teacher")
    first = site.client.get(PATH).text.split('<div class="sheet">')[0]
    assert "<b>Due <time" in first
    assert "Attempts:" not in first


def test_assignment_shows_handout_starter_and_form(site: Any) -> None:
    site.login("student")
    page = site.client.get(PATH).text
    assert "<h2>Conventions</h2>" in page
    assert 'name="file"' in page
    starter = site.client.get(f"{PATH}/starter.py")
    assert starter.headers["content-disposition"] == "attachment; filename=starter.py"
    assert "def relu" in starter.text


def test_starter_is_only_for_people_of_the_course(site: Any) -> None:
    site.login("stranger")
    assert site.client.get(f"{PATH}/starter.py").status_code == 404


def test_upload_leads_to_its_page(site: Any) -> None:
    site.login("student")
    answer = site.upload()
    assert answer.status_code == 303
    assert site.client.get(answer.headers["location"]).status_code == 200


def test_pasted_code_is_an_upload_too(site: Any) -> None:
    site.login("student")
    form = {"csrf_token": site.token(), "code": "def relu(x):\r\n    return x\r\n"}
    answer = site.client.post(f"{PATH}/submissions", data=form, files={"file": ("", b"")})
    assert answer.status_code == 303
    page = site.client.get(answer.headers["location"] + "/source").text
    assert "pasted.py" in page


def test_refused_upload_shows_the_reasons_and_keeps_what_was_pasted(site: Any) -> None:
    site.login("student")
    form = {"csrf_token": site.token(), "code": "x = '\x00'  # </textarea><script>"}
    answer = site.client.post(f"{PATH}/submissions", data=form, files={"file": ("", b"")})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "no attempt is used" in answer.text
    assert "&lt;/textarea&gt;&lt;script&gt;" in answer.text
    assert "</textarea><script>" not in answer.text
    with site.context.database.reading() as tx:
        assert tx.submissions.recent(site.assignment.id, 10) == []


@pytest.mark.parametrize(("data", "name"), [(b"", "a.py"), (b"\x00\xff\xfe\x00" * 9, "a.py"), (b"x=1", "a.exe")])
def test_bad_files_are_a_4xx_with_a_reason(site: Any, data: bytes, name: str) -> None:
    site.login("student")
    answer = site.upload(data, name)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.text


def test_no_file_at_all_says_so(site: Any) -> None:
    site.login("student")
    answer = site.client.post(f"{PATH}/submissions", data={"csrf_token": site.token()}, files={"file": ("", b"")})
    assert answer.status_code == 422
    assert "Nothing was uploaded" in answer.text


def test_no_file_at_all_is_said_in_words_for_students(site: Any) -> None:
    site.login("student")
    for file in (("", b""), (" ", b"x = 1")):
        form = {"csrf_token": site.token()}
        page = site.client.post(f"{PATH}/submissions", data=form, files={"file": file}).text
        assert "Choose a file or paste your code first." in page
        assert "`file`" not in page
    files = [("file", ("a.py", b"x=1")), ("file", ("b.py", b"x=1"))]
    page = site.client.post(f"{PATH}/submissions", data={"csrf_token": site.token()}, files=files).text
    assert "One file at a time: several modules go into one .zip." in page.partition('role="alert"')[2]


@pytest.mark.parametrize("path", ["submissions", "check"])
def test_a_file_and_a_pasted_text_together_are_refused_and_the_text_is_kept(site: Any, path: str) -> None:
    site.login("student")
    form = {"csrf_token": site.token(), "code": "newer = 1"}
    answer = site.client.post(f"{PATH}/{path}", data=form, files={"file": ("good.py", b"x = 1")})
    assert answer.status_code == 422
    assert "There is a chosen file and a pasted text" in answer.text
    assert "newer = 1</textarea>" in answer.text
    with site.context.database.reading() as tx:
        assert tx.submissions.recent(site.assignment.id, 10) == []


def test_a_file_that_is_a_little_too_large_is_told_the_size_as_the_form_says_it(site: Any) -> None:
    site.login("student")
    answer = site.upload(b"#" * (1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "This is larger than 1.0 MB, the most that is taken." in answer.text
    assert 'id="hand-in"' in answer.text


def test_upload_without_the_token_is_refused(site: Any) -> None:
    site.login("student")
    answer = site.client.post(f"{PATH}/submissions", data={"csrf_token": "wrong"}, files={"file": ("a.py", b"x=1")})
    assert answer.status_code == 403


def test_after_the_deadline_the_form_is_gone_and_an_upload_is_refused(site: Any, now: list[datetime]) -> None:
    site.login("student")
    token = site.token()
    now[0] += timedelta(days=8)
    site.login("student")
    page = site.client.get(PATH).text
    assert "The deadline was" in page
    assert 'name="file"' not in page
    assert token != site.token()
    answer = site.upload()
    assert 400 <= answer.status_code < 500
    assert "Uploads are closed for you" in answer.text


def test_an_upload_after_the_deadline_is_told_the_time_of_the_page_and_the_text_is_kept(
    site: Any, now: list[datetime]
) -> None:
    site.login("student")
    now[0] += timedelta(days=7, seconds=1)
    site.login("student")
    line = site.client.get(PATH).text.partition("The deadline was ")[2].partition("</p>")[0]
    assert "Saturday 28 Nov, 14:02" in line
    form = {"csrf_token": site.token(), "code": "mine = '<b>'"}
    answer = site.client.post(f"{PATH}/submissions", data=form)
    assert answer.status_code == 403
    assert f"The deadline was {line}" in answer.text
    assert answer.text.count("The deadline was") == 1
    assert " UTC." not in answer.text
    assert "mine = &#39;&lt;b&gt;&#39;</textarea>" in answer.text
    with site.context.database.transaction() as tx:
        user = tx.accounts.by_email("student@example.org")
        tx.accounts.set_profile(user.id, user.name, "Europe/Oslo")
    answer = site.client.post(f"{PATH}/submissions", data=form)
    assert "Saturday 28 Nov, 20:02</time> (Oslo time" in answer.text


def test_when_all_attempts_are_used_the_page_says_so(make_site: Any, tmp_path: Path) -> None:
    site = make_site(1)
    site.login("student")
    site.handed_in()
    page = site.client.get(PATH).text
    assert "0 of 1 left" in page
    assert "You have used the one attempt" in page


def test_opening_the_upload_address_leads_back_to_the_form(site: Any) -> None:
    site.login("student")
    assert site.client.get(f"{PATH}/submissions").headers["location"] == f"{PATH}#upload"


def test_staff_see_the_way_to_the_dashboard_and_students_do_not(site: Any) -> None:
    site.login("teacher")
    assert f"{PATH}/dashboard" in site.client.get(PATH).text
    site.login("student")
    assert f"{PATH}/dashboard" not in site.client.get(PATH).text


def test_dates_of_course_and_assignment_are_in_the_zone_that_the_person_chose(site: Any, now: list[datetime]) -> None:
    rule = LateRule(Late.TAKEN, closes_at=now[0] + timedelta(days=9))
    with site.context.database.transaction() as tx:
        student = tx.accounts.by_email("student@example.org")
        tx.accounts.set_profile(student.id, "Student", "Asia/Tokyo")
        tx.courses.change_assignment(replace(site.assignment, late=rule))
    site.login("student")
    course, assignment = site.client.get("/courses/ece421").text, site.client.get(PATH).text
    assert "All times are Tokyo time, UTC+9" in course
    for page in (course, assignment):
        assert "Sunday 29 Nov, 04:02" in page  # due 14:02 the day before in Toronto
        assert "14:02" not in page
    assert "until <time" in assignment
    assert "Tuesday 1 Dec, 04:02" in assignment


def test_course_says_when_the_next_attempt_is_back(site: Any, now: list[datetime]) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.change_assignment(replace(site.assignment, refill_per_day=4))
    site.login("student")
    site.handed_in()
    page = site.client.get("/courses/ece421").text
    assert "2 of 3 left" in page
    assert "the next back" in page
    assert "Saturday 21 Nov, 20:02" in page  # six hours later, in Toronto


def test_course_shows_what_waits_and_what_is_closed_or_not_open_yet(site: Any, now: list[datetime]) -> None:
    with site.context.database.transaction() as tx:
        opens = now[0] + timedelta(days=2)
        tx.courses.add_assignment(site.assignment.course_id, "hw2-softmax", "Later", 1.0, opens, None, None)
    site.login("student")
    address = site.handed_in()
    page = site.client.get("/courses/ece421").text
    assert f'href="{address}">attempt 1</a>: ' in page
    assert "waiting" in page
    assert "opens <time" in page
    assert ", closed" not in page
    now[0] += timedelta(days=8)
    site.login("student")
    assert "1 day ago, closed" in site.client.get("/courses/ece421").text
    with site.context.database.transaction() as tx:
        tx.courses.change_assignment(replace(site.assignment, late=LateRule(Late.TAKEN)))
    assert "1 day ago, late work is taken" in site.client.get("/courses/ece421").text
