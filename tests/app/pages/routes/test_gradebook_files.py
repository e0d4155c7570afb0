"""Gradebook files over the pages: for instructors only, with what did not match said."""

import base64
import re

from app.pages.classwork.gradebook_files import MOST_BYTES
from submissions.models import Role
from tests.app.conftest import ASSIGNMENT, Installation

PATH = f"/courses/nn/assignments/{ASSIGNMENT}/gradebook"


def sent(school: Installation, data: bytes, column: str = "", filename: str = "grades.csv") -> str:
    page = school.client.get(PATH)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    answer = school.client.post(
        PATH, data={"csrf_token": token[1], "column": column}, files={"file": (filename, data)} if filename else None
    )
    return str(answer.text)


def test_an_export_comes_back_filled_in(school: Installation) -> None:
    school.hand_in("ada")
    school.grade()
    school.hand_in("bashir", "x = 2\n")
    school.grade()
    school.sign_in("ines")
    page = sent(school, b"Student,SIS Login ID,Neural network (7)\r\nAda,ada@example.org,\r\nEve,eve@x.org,1\r\n")
    assert "One score filled in" in page and "<li>Bashir</li>" in page and "One line is about nobody" in page
    assert '<li><span class="muted">Line 3:</span> Eve</li>' in page
    data = re.search(r"base64,([^\"]+)", page)
    assert data and b"Ada,ada@example.org,82\r\n" in base64.b64decode(data[1])


def test_the_page_says_the_scale_and_what_would_be_overwritten(school: Installation) -> None:
    school.hand_in("ada")
    school.grade()
    school.sign_in("ines")
    head = b"Student,SIS Login ID,Neural network (7)\r\n"
    line = b"Ada,ada@example.org,55\r\n"
    page = sent(school, head + b"    Points Possible,,50\r\n" + line)
    assert "The column is out of 50, the assignment here is out of 100" in page
    assert "One score in the file is another one than here." in page
    assert re.search(r'<th scope="row">Ada</th><td class="n">55</td><td class="n">41</td>', page)
    ours, kept = (base64.b64decode(one) for one in re.findall(r"base64,([^\"]+)", page))
    assert ours.endswith(b"Ada,ada@example.org,41\r\n") and kept.endswith(line)

    silent = sent(school, head + b"Ada,ada@example.org,\r\n")
    assert "The file does not say what the column is out of." in silent and "overwrite" not in silent


def test_people_without_a_user_name_of_their_own_are_named(school: Installation) -> None:
    school.sign_in("ines")
    assert "Brightspace and Blackboard, which go by" not in school.client.get(PATH).text
    with school.context.database.transaction() as tx:
        twin = tx.accounts.add_user("ADA@elsewhere.example", "Ada Two", None, school.clock(), False)
        course = tx.courses.by_slug("nn")
        assert course is not None
        tx.courses.enroll(course.id, twin.id, Role.STUDENT)

    page = school.client.get(PATH).text
    assert "Two learners are not in the files of Brightspace and Blackboard" in page
    assert "Ada Two" in page and "ada@example.org" in page
    assert "ada" not in school.client.get(f"{PATH}/blackboard.csv").text.casefold()


def test_what_is_wrong_with_a_file_is_said_beside_the_form(school: Installation) -> None:
    school.sign_in("ines")
    assert "No column of the file is called Neural network" in sent(school, b"Student,X\r\nAda,\r\n")
    assert "No column of the file is called Quiz" in sent(school, b"Student,X\r\nAda,\r\n", "Quiz")
    assert "&lt;b&gt;" in sent(school, b"Student,<b>\r\nAda,\r\n")
    for workbook in (b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"):
        assert "Open it there, save it as CSV" in sent(school, workbook, filename="grades.xlsx")
    assert "no line of a learner" in sent(school, b"")


def test_an_export_may_be_longer_than_an_upload(school: Installation) -> None:
    school.hand_in("ada")
    school.grade()
    school.sign_in("ines")
    others = b"".join(b"Other,o%d@x.org,%s\r\n" % (line, b"9" * 300) for line in range(1000))
    data = b"Student,SIS Login ID,Neural network (7)\r\n" + others + b"Ada,ada@example.org,\r\n"
    assert len(data) > 4 * school.context.settings.upload_max_bytes
    assert "One score filled in" in sent(school, data)
    assert "This is larger than 4.2 MB, the most that is taken here." in sent(school, b"x" * (MOST_BYTES + 1))
    assert "This is larger than 4.2 MB, the most that is taken here." in sent(school, b"x" * (2 * MOST_BYTES))


def test_who_may_not_fill_one_in_is_not_read(school: Installation) -> None:
    school.sign_in("ada")
    answer = school.client.post(PATH, data={}, files={"file": ("grades.csv", b"x" * 200_000)})
    assert answer.status_code == 403


def test_a_new_file_of_each_kind(school: Installation) -> None:
    school.hand_in("ada")
    school.grade()
    school.sign_in("ines")
    for kind in ("canvas", "moodle", "brightspace", "blackboard"):
        answer = school.client.get(f"{PATH}/{kind}.csv")
        assert (
            answer.status_code == 200 and "82" in answer.text and "attachment" in answer.headers["content-disposition"]
        )
    assert school.client.get(f"{PATH}/word.csv").status_code == 404


def test_others_do_not_get_them(school: Installation) -> None:
    for person, status in (("ada", 403), ("asta", 403), ("eve", 404)):
        school.client.forget()
        school.sign_in(person)
        assert school.client.get(PATH).status_code == status
        assert school.client.get(f"{PATH}/canvas.csv").status_code == status
