"""A submission's page in every state, its report and its source."""

import gzip
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from grader.report import Score, Verdict
from submissions.errors import AssignmentUnusable
from submissions.gradings import MAX_ATTEMPTS
from submissions.models import Lane
from submissions.repository.submissions import Submissions
from tests.fakes.engines import engine_by


def test_queued_shows_the_place_and_keeps_itself_fresh(site: Any) -> None:
    site.login("student")
    site.handed_in()
    page = site.client.get(site.handed_in()).text
    assert "<b>Waiting.</b>" in page
    assert "Your place in the queue: </span>2<small>" in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert "/static/live.js?v=" in page


def test_running_shows_the_parts_that_are_in(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    with site.context.database.transaction() as tx:
        grading = tx.gradings.current(address.rsplit("/", 1)[-1])
        detail = {"part": "relu", "given": 6.0, "maximum": 8.0}
        tx.events.add("grading.part", site.now + timedelta(seconds=1), grading_id=grading.id, detail=detail)
    page = site.client.get(address).text
    assert '6<span class="muted"> / 8</span>' in page


def test_result_shows_score_findings_training_and_what_is_right(site: Any, reports: Any) -> None:
    site.login("student")
    page = site.client.get(site.handed_in(reports["sample"])).text
    assert "<title>Attempt 1: 74 of 100 · Chainrule</title>" in page
    assert "Five of seven parts are right." in page
    assert "<math>" in page
    assert "every number matches" in page
    assert 'class="cm"' in page
    assert "What is right" in page
    assert '<a href="/help/MEAN_OVER_BATCH_SHAPE">What does this mean?' in page
    assert "Sandbox: container" in page


def test_result_compares_with_the_attempt_before(site: Any, reports: Any) -> None:
    site.login("student")
    report = reports["sample"]
    worse = replace(report.parts[0], points=Score(2, 8))
    site.handed_in(replace(report, parts=(worse, *report.parts[1:]), score=Score(68, 100)))
    page = site.client.get(site.handed_in(report)).text
    assert "6 points more than attempt 1" in page
    assert 'id="since-title">Since' in page
    assert "+6" in page
    assert "the two attempts have the same lines" in page


def test_result_shows_what_changed_in_findings_and_code(site: Any, reports: Any, source: str) -> None:
    site.login("student")
    report = reports["sample"]
    first = site.handed_in(report, data=source.encode())
    right = tuple(replace(check, verdict=Verdict.PASSED, diagnosis=None) for check in report.parts[4].checks)
    mended = replace(report.parts[4], checks=right)
    fixed = replace(report, parts=(*report.parts[:4], mended, *report.parts[5:]), score=Score(80, 100))
    data = source.replace("mean(axis=0, keepdims=True)", "copy()  # <script>").encode()
    page = site.client.get(site.handed_in(fixed, data=data)).text
    assert ">gone</span>" in page
    assert f'href="{first}#finding-1"' in page
    assert ">still there</span>" in page
    assert '<li class="added"><span class="ln"></span><span class="ln">12</span>' in page
    assert "1 line added, 1 removed" in page
    assert "<script>" not in page


def test_full_marks_say_so(site: Any, reports: Any) -> None:
    site.login("student")
    report = reports["sample"]
    full = replace(report, parts=report.parts[:4], score=Score(42, 42))
    page = site.client.get(site.handed_in(full)).text
    assert "All four parts are right." in page
    assert "Nothing is left to fix." in page


def test_everything_a_student_writes_is_escaped(site: Any, reports: Any, hostile_text: str) -> None:
    site.login("student")
    address = site.handed_in(reports["hostile"], name="<img src=x onerror=1>.py")
    for page in (site.client.get(address).text, site.client.get(address + "/source").text):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\x1b" not in page
        assert "\u202e" not in page


def test_our_fault_says_so_and_only_staff_see_what_happened(site: Any, now: list[datetime]) -> None:
    site.login("student")
    address = site.handed_in()
    fail(site, now, broken)
    page = site.client.get(address).text
    assert "Not graded: our grading stopped" in page
    assert "A fault of this service" in page
    assert "Your attempt is not used and staff know." in page
    assert "secret detail" not in page
    assert "3 of 3 left" in site.client.get("/courses/ece421").text
    site.login("teacher")
    assert "secret detail" in site.client.get(address).text


def test_a_fault_of_the_course_reads_otherwise_and_costs_no_attempt(site: Any, now: list[datetime]) -> None:
    site.login("student")
    address = site.handed_in()
    assert "2 of 3 left" in site.client.get("/courses/ece421").text
    fail(site, now, unusable)
    page = site.client.get(address).text
    assert "A fault in the course" in page
    assert "A fault of this service" not in page
    assert "this assignment cannot grade anybody as it is" in page
    assert "Your attempt is not used" in page
    assert "3 of 3 left" in page
    assert "answers.py" not in page
    assert "3 of 3 left" in site.client.get("/courses/ece421").text
    site.handed_in(data=b"another = 1")
    site.login("teacher")
    assert "answers.py" in site.client.get(address).text


def test_what_failed_by_our_fault_is_graded_again_at_the_press_of_a_button(site: Any, now: list[datetime]) -> None:
    site.login("student")
    address = site.handed_in()
    fail(site, now, broken)
    assert ">Try again</button>" in site.client.get(address).text
    site.login("peer")
    assert site.client.post(f"{address}/again", data={"csrf_token": site.token()}).status_code == 404
    site.login("teacher")
    assert ">Grade again</button>" in site.client.get(address).text
    token = site.token()
    answer = site.client.post(f"{address}/again", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert "<b>Waiting.</b>" in site.client.get(address).text
    twice = site.client.post(f"{address}/again", data={"csrf_token": token})
    assert twice.status_code == 409 and "Only what ended without a result" in twice.text
    fail(site, now, unusable)
    site.login("student")
    assert ">Try again</button>" not in site.client.get(address).text


def test_a_folder_that_is_gone_is_the_courses_fault_on_every_page(site: Any) -> None:
    site.login("student")
    with site.context.database.transaction() as tx:
        course = tx.courses.by_slug("ece421")
        tx.courses.add_assignment(course.id, "gone", "Gone", 1.0, None, None, 3)
    answer = site.client.get("/courses/ece421/assignments/gone")
    assert answer.status_code == 503
    assert "A fault in the course" in answer.text
    assert "no attempt is used" in answer.text


def test_a_result_says_that_its_assignment_has_changed_since(site: Any, reports: Any) -> None:
    site.login("student")
    now = site.context.catalog.get("ece421-numpy-nn").version
    same = site.client.get(site.handed_in(replace(reports["sample"], version=now))).text
    other = site.client.get(site.handed_in(reports["sample"])).text
    assert "The assignment has changed since this was graded." not in same
    assert "The assignment has changed since this was graded." in other


def test_report_is_the_recorded_json(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    answer = site.client.get(address + "/report.json")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text)["score"] == {"given": 74.0, "maximum": 100.0}


def test_report_of_a_waiting_submission_is_not_there(site: Any) -> None:
    site.login("student")
    assert site.client.get(site.handed_in() + "/report.json").status_code == 404


def test_source_is_shown_and_downloaded_as_it_came(site: Any) -> None:
    site.login("student")
    address = site.handed_in(data=b"def relu(x):\r\n    return x\r\n")
    assert 'id="L2"' in site.client.get(address + "/source").text
    answer = site.client.get(address + "/source?download=1")
    assert answer.content == b"def relu(x):\r\n    return x\r\n"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_the_whole_source_leads_to_findings_and_back(site: Any, reports: Any, source: str) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"], data=source.encode())
    page = site.client.get(address).text
    assert '<a class="see" href="#finding-1">wrong: grad_ce</a>' in page
    assert 'class="hit" id="L19"' in page
    assert '<a href="#L19">In the whole source' in page
    assert "epoch 0\nepoch 1" in page
    apart = site.client.get(address + "/source").text
    assert f'<a class="see" href="{address}#finding-1">wrong: grad_ce</a>' in apart


def test_a_long_source_has_a_page_of_its_own(site: Any, reports: Any, source: str) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"], data=source.encode() + b"x = 1\n" * 2000)
    page = site.client.get(address).text
    assert 'id="L19"' not in page
    assert f'<a href="{address}/source#L19">In the whole source' in page
    assert 'class="hit" id="L19"' in site.client.get(address + "/source").text


def test_source_of_a_waiting_submission_has_no_marks(site: Any) -> None:
    site.login("student")
    page = site.client.get(site.handed_in() + "/source").text
    assert 'id="L2"' in page
    assert 'class="see"' not in page


def test_tables_and_figures_are_shown_and_downloaded(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    page = site.client.get(address).text
    assert "For your report" in page
    assert "Activations and hidden units" in page
    links = re.findall(r'href="([^"]+/files/[^"]+)"', page)
    assert len(links) > 10
    for link in links:
        answer = site.client.get(link)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
    archive = zipfile.ZipFile(io.BytesIO(site.client.get(address + "/files.zip").content))
    # One training needs no table of trainings on the page; the zip has it all the same.
    shown = {link.rpartition("/")[2] for link in links}
    assert set(archive.namelist()) == shown | {"trainings.csv", "trainings.tex"}
    assert site.client.get(address + "/files/nothing.csv").status_code == 404
    assert len(gzip.compress(page.encode())) < 100_000
    assert " style=" not in page


def test_a_file_that_was_removed_is_said_to_be_and_led_to_from_nowhere(site: Any, reports: Any, source: str) -> None:
    site.login("student")
    first = site.handed_in(reports["sample"], data=source.encode())
    second = site.handed_in(reports["sample"], data=source.encode() + b"#")
    with site.context.database.transaction() as tx:
        tx.retention.remove([first.rsplit("/", 1)[-1]])
    assert "One of the two uploads can no longer be shown." in site.client.get(second).text
    page = site.client.get(first).text
    assert "This file was removed after the time that this installation keeps files. The result stays." in page
    assert "too long" not in page
    assert f'href="{first}/source' not in page
    assert not re.search(r'href="[^"]*#L\d+"', page)


def test_a_file_that_is_accepted_no_longer_is_offered_as_it_came(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    with site.context.database.transaction() as tx:
        tx.submissions._connection.exec_driver_sql("UPDATE submissions SET filename = 'a1.exe'")
    page = site.client.get(address).text
    assert f'<a href="{address}/source?download=1" download>download it</a>' in page
    assert "too long" not in page


def test_the_attempt_before_is_read_only_for_the_page_that_compares(
    site: Any, reports: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.login("student")
    first, second = site.handed_in(reports["sample"]), site.handed_in(data=b"x = 1")
    read: list[str] = []
    bytes_of = Submissions.source

    def noted(self: Any, submission_id: str) -> bytes:
        read.append(f"/submissions/{submission_id}")
        return bytes_of(self, submission_id)

    monkeypatch.setattr(Submissions, "source", noted)
    site.client.get(second)
    site.record(second, reports["sample"])
    for part in ("/report.json", "/files.zip", "/files/curves.csv", "/source", "/source?download=1"):
        site.client.get(second + part)
    assert set(read) == {second}
    site.client.get(second)
    assert set(read) == {first, second}


def test_files_of_a_waiting_submission_are_not_there(site: Any) -> None:
    site.login("student")
    assert site.client.get(site.handed_in() + "/files.zip").status_code == 404


def test_others_see_nothing_and_staff_see_whose_it_is(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    for who in ("peer", "stranger"):
        site.login(who)
        for part in ("", "/report.json", "/files.zip", "/files/trainings.csv", "/source", "/source?download=1"):
            assert site.client.get(address + part).status_code == 404
    site.login("teacher")
    page = site.client.get(address).text
    assert "student &lt;b&gt;name&lt;/b&gt;" in page
    assert "Upload attempt" not in page


def test_unsafe_sandbox_has_a_banner(site: Any, reports: Any) -> None:
    site.login("student")
    unsafe = site.client.get(site.handed_in(replace(reports["sample"], sandbox="unsafe"))).text
    safe = site.client.get(site.handed_in(reports["sample"])).text
    assert "Development sandbox." in unsafe
    assert "Development sandbox." not in safe


def fail(site: Any, now: list[datetime], how: Any) -> None:
    """Make the grading FAILED as one broken worker after the other does, with the pauses between them."""
    for _ in range(MAX_ATTEMPTS):
        now[0] += timedelta(hours=1)
        engine_by(site.context.clock, site.context.database).run_once(how, "worker", (Lane.LIVE,))


def broken(job: Any) -> Any:
    raise RuntimeError("secret detail")


def unusable(job: Any) -> Any:
    raise AssignmentUnusable("answers.py is missing")
