"""The type of every problem is an address that says what it means and what to do."""

from typing import Any

import pytest

from app.api.documentation import KINDS, PAGES_ONLY
from app.api.problem_pages import REMEDIES
from app.problems import PROBLEMS, TYPE_PREFIX


def test_every_kind_is_listed_with_its_address(client: Any) -> None:
    listed = client.get("/api/v1/problems").json()

    assert {problem.name for problem in PROBLEMS.values()} <= {one["name"] for one in listed}
    assert all(one["meaning"] and one["type"] == TYPE_PREFIX + one["name"] for one in listed)


@pytest.mark.parametrize("name", sorted(problem.name for problem in KINDS))
def test_every_type_leads_to_a_page(client: Any, name: str) -> None:
    page = client.get(TYPE_PREFIX + name, headers={"Accept": "text/html,*/*;q=0.8"})
    body = client.get(TYPE_PREFIX + name)

    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert f"<code>{name}</code>" in page.text
    assert body.json()["name"] == name


def test_every_kind_that_a_program_meets_says_what_to_do() -> None:
    names = {problem.name for problem in KINDS}

    assert set(REMEDIES) == names - PAGES_ONLY
    assert names > PAGES_ONLY


def test_what_the_framework_refuses_is_of_a_known_kind(school: Any) -> None:
    known = {TYPE_PREFIX + problem.name for problem in KINDS}
    headers = school.bearer("ada")
    answers = [
        school.client.get("/api/v1/nothing"),
        school.client.request("PATCH", "/api/v1/courses", headers=headers),
        school.client.post(
            school.submissions_path, headers={**headers, "Content-Type": "multipart/form-data"}, content=b"x"
        ),
    ]

    assert [answer.status_code for answer in answers] == [404, 405, 400]
    assert {answer.json()["type"] for answer in answers} <= known
