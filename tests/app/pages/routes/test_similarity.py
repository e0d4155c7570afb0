"""The similarity of an assignment's work on pages: pairs, two sources side by side, and only for staff."""

import re
from typing import Any

import pytest

from app.pages.classwork import similarity
from app.similarity.course import compared
from reference.catalog import Catalog
from tests.app.conftest import ASSIGNMENT, Installation

PATH = f"/courses/nn/assignments/{ASSIGNMENT}/similarity"
SOLUTION = Catalog.builtin().get(ASSIGNMENT).solution


def token(school: Installation) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', school.client.get("/").text)
    assert found is not None
    return found[1]


def checked_out(database: Any) -> int:
    """How many transactions are open."""
    return int(database._reading.pool.checkedout() + database._writing.pool.checkedout())


@pytest.fixture
def copied(school: Any) -> tuple[Installation, dict[str, str]]:
    """Ada's solution, and bashir's with other names and a script in a comment; asta looks."""
    other = SOLUTION.replace("z_h", "hidden") + "\n# <script>alert(1)</script>\n"
    ids = {"ada": school.hand_in("ada", SOLUTION), "bashir": school.hand_in("bashir", other)}
    for _ in ids:
        school.grade()
    school.sign_in("asta")
    return school, ids


def test_nothing_is_compared_until_somebody_asks(copied: tuple[Installation, dict[str, str]]) -> None:
    school, _ = copied
    page = school.client.get(PATH).text

    assert "A hint, never a verdict." in page
    assert "Compare the work of two students" in page
    assert "Pairs, the most alike first" not in page


def test_pairs_are_listed_and_shown_side_by_side(copied: tuple[Installation, dict[str, str]]) -> None:
    school, ids = copied
    assert school.client.post(PATH, data={"csrf_token": token(school)}).status_code == 303
    page = school.client.get(PATH).text
    with school.context.database.reading() as tx:
        assert [event.kind for event in tx.events.of_course(school.asked.course_id)] == ["work.compared"]

    assert "100 %" in page
    assert "all that is their own" in page
    assert "at least and 50 at most, in this comparison as 4." in page
    assert "Below 30 % a pair is not listed." in page
    link = re.search(rf'href="({PATH}/\w+/\w+)"', page)
    assert link is not None
    assert set(link[1].split("/")[-2:]) == set(ids.values())
    pair = school.client.get(link[1]).text
    assert pair.count('class="hit"') > 20
    assert "A hint, never a verdict" in pair
    assert "<script>alert" not in pair
    assert "hidden" in pair
    assert "z_h" in pair


def test_one_piece_of_work_is_compared_with_nothing(school: Any) -> None:
    school.hand_in("ada", SOLUTION)
    school.sign_in("ines")

    assert "There must be work of two students" in school.client.get(PATH).text
    answer = school.client.post(PATH, data={"csrf_token": token(school)})
    assert answer.status_code == 422
    assert "There must be work of two students" in answer.text


def test_whoever_left_the_course_is_listed_no_more(copied: tuple[Installation, dict[str, str]]) -> None:
    school, _ = copied
    school.client.post(PATH, data={"csrf_token": token(school)})
    link = re.search(rf'href="({PATH}/\w+/\w+)"', school.client.get(PATH).text)
    assert link is not None
    with school.context.database.transaction() as tx:
        course = tx.courses.by_slug("nn")
        assert course is not None
        tx.courses.unenroll(course.id, school.people["bashir"].id)

    assert "Bashir" not in school.client.get(PATH).text
    pair = school.client.get(link[1])
    assert pair.status_code == 404
    assert "Bashir" not in pair.text


def test_a_full_list_says_so_whoever_left_since(
    copied: tuple[Installation, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, ids = copied
    monkeypatch.setattr(similarity, "MOST_PAIRS", 2)
    kept = {"first": ids["ada"], "second": ids["bashir"], "share": 1.0, "same": True, "others": 0, "first_lines": []}
    found = {"compared": 3, "too_short": 0, "pairs": [kept, {**kept, "second": "gone"}]}
    with school.context.database.transaction() as tx:
        tx.examinations.keep_comparison(school.asked.id, found, school.people["asta"].id, school.clock())
    page = school.client.get(PATH).text

    assert "The 2 most alike pairs are listed." in page
    assert page.count("100 %") == 1
    assert "at least and 50 at most. Pieces" in page  # which limit applied is not known of an earlier version's


def test_no_transaction_is_open_while_work_is_compared(
    copied: tuple[Installation, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    school, _ = copied
    database = school.context.database
    open_now: list[int] = []

    def noted(*asked: Any) -> Any:
        open_now.append(checked_out(database))
        return compared(*asked)

    monkeypatch.setattr(similarity, "compared", noted)
    school.client.post(PATH, data={"csrf_token": token(school)})

    assert open_now == [0]
    assert "100 %" in school.client.get(PATH).text
