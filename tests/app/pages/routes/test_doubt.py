"""A file with nothing to grade in it: asked about before it uses an attempt, and handed in all the same."""

import io
import re
import zipfile
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from app import check_desk
from reference.catalog import Catalog

PATH = "/courses/ece421/assignments/ece421-numpy-nn"
CATALOG = Catalog.builtin()
BROKEN = b"def relu((x:\n    return x\n"
ALL_THE_SAME = "Hand in all the same"


def attempts(site: Any) -> int:
    with site.context.database.reading() as tx:
        return len(tx.submissions.recent(site.assignment.id, 10))


def test_a_file_that_does_not_parse_is_asked_about_and_uses_no_attempt(site: Any) -> None:
    site.login("student")
    answer = site.upload(BROKEN)

    assert answer.status_code == 422
    assert "Not handed in yet: nothing in <code>a1.py</code> can be graded" in answer.text
    assert "Your file does not load: SyntaxError on line 1" in answer.text
    assert ALL_THE_SAME in answer.text
    assert "3 of 3 left" in answer.text
    assert attempts(site) == 0


def test_it_is_handed_in_all_the_same_byte_for_byte_without_being_chosen_again(site: Any) -> None:
    site.login("student")
    data = "\ufeff# café\r\ndef relu((x:\r\n".encode()
    answer = site.answered(site.kept(site.upload(data, 'näher "1".py').text))

    assert answer.status_code == 303
    with site.context.database.reading() as tx:
        (submission,) = tx.submissions.recent(site.assignment.id, 10)
    assert submission.sha256 == sha256(data).hexdigest()
    assert submission.filename == "näher %221%22.py"  # as httpx writes it


def test_the_work_of_another_assignment_is_told_its_name(site: Any) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.add_assignment(site.assignment.course_id, "hw2-softmax", "Week <2>", 1.0, None, None, None)
        tx.courses.add_assignment(
            site.assignment.course_id, "ece544-derivatives", "Later", 1.0, None, None, None, visible=False
        )
    site.login("student")
    page = site.upload(CATALOG.get("hw2-softmax").solution.encode()).text
    assert 'functions of <a href="/courses/ece421/assignments/hw2-softmax">Week &lt;2&gt;</a>' in page
    assert "relu is not in your file" in re.sub("<[^>]+>", "", page)
    hidden = site.upload(CATALOG.get("ece544-derivatives").solution.encode()).text
    assert "It has the functions of “Pencil and paper, executable”." in hidden
    assert "Later" not in hidden
    nobody = site.upload(b"def nothing(): pass\n").text
    assert ALL_THE_SAME in nobody
    assert "It has the functions of" not in nobody
    assert attempts(site) == 0


def test_archives_notebooks_and_pasted_text_are_asked_about_too(site: Any) -> None:
    site.login("student")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("other.py", "def nothing(): pass\n")
    for data, name in (
        (packed.getvalue(), "work.zip"),
        (b'{"cells": [{"cell_type": "code", "source": "def f(:"}], "nbformat": 4}', "work.ipynb"),
    ):
        assert site.answered(site.kept(site.upload(data, name).text)).status_code == 303
    form = {"csrf_token": site.token(), "code": "def f(:  # <b>"}
    page = site.client.post(f"{PATH}/submissions", data=form).text
    assert ALL_THE_SAME in page
    assert "def f(:  # &lt;b&gt;</textarea>" in page
    assert site.answered(site.kept(page)).status_code == 303


def test_what_has_something_of_it_is_taken_at_once(site: Any) -> None:
    site.login("student")
    assert site.upload(b"def softmax(x):\n    return x\n").status_code == 303


def test_where_the_check_cannot_answer_the_file_is_taken(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site.login("student")
    monkeypatch.setattr(check_desk, "GLANCE_PATIENCE_SECONDS", 0.01)
    slots = site.context.check_desk._slots
    for _ in range(check_desk.SLOTS):
        slots.acquire()
    assert site.upload(BROKEN).status_code == 303


def test_a_file_that_no_page_can_keep_is_taken(site: Any) -> None:
    site.login("student")
    assert site.upload(b"def f(:\n" + b"#" * 900_000).status_code == 303


def test_whoever_may_not_hand_in_now_learns_that_first(site: Any, now: list[datetime]) -> None:
    site.login("student")
    fields = site.kept(site.upload(BROKEN).text)
    now[0] += timedelta(days=8)
    site.login("student")
    for answer in (site.upload(BROKEN), site.answered({**fields, "csrf_token": site.token()})):
        assert answer.status_code == 403
        assert "Uploads are closed for you" in answer.text
        assert ALL_THE_SAME not in answer.text
    site.login("stranger")
    assert site.upload(BROKEN).status_code == 404


@pytest.mark.parametrize(("data", "status"), [("not base64!", 422), ("", 422), ("AAAA" * 400_000, 413)])
def test_a_file_that_comes_back_broken_or_too_large_is_refused(site: Any, data: str, status: int) -> None:
    site.login("student")
    answer = site.answered({"csrf_token": site.token(), "kept_name": "a1.py", "kept_file": data})
    assert answer.status_code == status
    assert attempts(site) == 0


def test_the_question_that_outlives_its_sign_in_says_to_choose_the_file_again(site: Any) -> None:
    site.login("student")
    fields = site.kept(site.upload(BROKEN).text)
    site.client.forget()
    answer = site.answered(fields)
    assert answer.status_code == 401
    assert "choose it again" in answer.text


def test_whatever_a_student_writes_is_text(site: Any, hostile_text: str) -> None:
    site.login("student")
    for source in (f"{hostile_text!r} if x else y", hostile_text):
        page = site.upload(source.encode(), "<img src=x>.py").text
        assert ALL_THE_SAME in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\x1b" not in page
