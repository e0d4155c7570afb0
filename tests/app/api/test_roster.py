"""The roster for a program: read in pages, added to by one or by list, and nobody locked out."""

from typing import Any

import pytest

PATH = "/api/v1/courses/nn/roster"
CLARA = {"name": "Clara", "email": "Clara@Example.org", "role": "student"}


def sent(school: Any, method: str, path: str = PATH, person: str = "ines", **more: Any) -> Any:
    """What a request is answered."""
    headers = {**school.bearer(person), **more.pop("headers", {})}
    return school.client.request(method, path, headers=headers, **more)


def names(school: Any) -> list[str]:
    """Who is in the course."""
    return [one["name"] for one in sent(school, "GET").json()["items"]]


def test_everybody_is_listed_by_name_in_pages(school: Any) -> None:
    first = sent(school, "GET", f"{PATH}?limit=3")
    rest = sent(school, "GET", first.json()["next"])

    assert [one["name"] for one in first.json()["items"]] == ["Ada", "Asta", "Bashir"]
    assert [one["name"] for one in rest.json()["items"]] == ["Ines"]
    assert first.headers["link"] == f'<{first.json()["next"]}>; rel="next"'
    assert rest.json()["next"] is None


def test_the_longest_name_ends_a_page_too(school: Any) -> None:
    for number in (1, 2):
        person = {**CLARA, "name": "\N{GRINNING FACE}" * 200, "email": f"smile{number}@example.org"}
        assert sent(school, "POST", json=person).status_code == 201
    page, count = sent(school, "GET", f"{PATH}?limit=1").json(), 1
    while page["next"]:
        page, count = sent(school, "GET", page["next"]).json(), count + 1
    assert count == 6


def test_a_person_is_added_given_a_role_and_taken_out(school: Any) -> None:
    made = sent(school, "POST", json=CLARA, headers={"Idempotency-Key": "c"})
    again = sent(school, "POST", json=CLARA, headers={"Idempotency-Key": "c"})
    one = made.headers["location"]

    assert (made.status_code, made.json()["email"]) == (201, "clara@example.org")
    assert again.headers["idempotent-replayed"] == "true"
    tag = sent(school, "GET", one).headers["etag"]
    assert sent(school, "PUT", one, json={"role": "assistant"}, headers={"If-Match": tag}).json()["role"] == "assistant"
    assert sent(school, "PUT", one, json={"role": "student"}, headers={"If-Match": tag}).status_code == 412
    assert sent(school, "DELETE", one, headers={"If-Match": tag}).status_code == 412
    assert sent(school, "DELETE", one).status_code == 204
    assert sent(school, "GET", one).status_code == 404
    assert "Clara" not in names(school)


def test_a_list_is_done_whole_or_not_at_all(school: Any) -> None:
    headers = {"Content-Type": "text/csv"}
    wrong = sent(school, "POST", f"{PATH}/csv", content=b"Clara,clara@example.org\nDavid,nowhere\n", headers=headers)
    right = sent(school, "POST", f"{PATH}/csv", content=b"Clara,clara@example.org\nDavid,d@example.org,assistant\n",
                 headers=headers)  # fmt: skip

    assert wrong.status_code == 422
    assert "line 2" in wrong.json()["detail"]
    assert right.json() == {"people": 2, "left_out": []}
    assert names(school) == ["Ada", "Asta", "Bashir", "Clara", "David", "Ines"]
    more = b"Name,Email,Section\nEve Other,eva@example.org,7\n"
    assert sent(school, "POST", f"{PATH}/csv", content=more, headers=headers).json()["left_out"] == ["Section"]
    assert sent(school, "POST", f"{PATH}/csv", content=b"\xff", headers=headers).status_code == 422
    assert sent(school, "POST", f"{PATH}/csv", content=b"x", headers={"Content-Type": "text/plain"}).status_code == 415


def test_the_list_comes_out_as_it_goes_in(school: Any) -> None:
    listed = sent(school, "GET", f"{PATH}/csv")
    back = sent(school, "POST", f"{PATH}/csv", content=listed.content, headers={"Content-Type": "text/csv"})

    assert listed.text.splitlines()[:2] == ["name,email,role", "Ada,ada@example.org,student"]
    assert back.json() == {"people": 4, "left_out": []}


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "-Ada", "@ada", "'tis Ada"])
def test_names_that_a_spreadsheet_would_run_come_back_as_they_are(school: Any, name: str) -> None:
    assert sent(school, "POST", json={"name": name, "email": "+clara@example.org"}).status_code == 201
    listed = sent(school, "GET", f"{PATH}/csv")
    sent(school, "DELETE", f"{PATH}/{_id_of(school, name)}")
    back = sent(school, "POST", f"{PATH}/csv", content=listed.content, headers={"Content-Type": "text/csv"})

    assert back.json() == {"people": 5, "left_out": []}
    assert name in names(school)


def test_a_name_of_several_lines_from_elsewhere_comes_out_as_one(school: Any) -> None:
    """Pages, platforms and older versions may have let one in."""
    with school.context.database.transaction() as tx:
        tx.accounts.set_profile(school.people["ada"].id, "Ada\n\u2028Novak", "UTC")
    listed = sent(school, "GET", f"{PATH}/csv")
    back = sent(school, "POST", f"{PATH}/csv", content=listed.content, headers={"Content-Type": "text/csv"})

    assert listed.text.splitlines()[1] == "Ada  Novak,ada@example.org,student"
    assert back.json() == {"people": 4, "left_out": []}


def _id_of(school: Any, name: str) -> str:
    (found,) = [one["user_id"] for one in sent(school, "GET").json()["items"] if one["name"] == name]
    return str(found)


@pytest.mark.parametrize("name", ["Ada\nNovak", "Ada\tNovak", "Ada\u2028Novak"])
def test_a_name_is_one_line(school: Any, name: str) -> None:
    assert sent(school, "POST", json={**CLARA, "name": name}).status_code == 422


def test_a_course_keeps_an_instructor(school: Any) -> None:
    me = f"{PATH}/{school.people['ines'].id}"

    assert sent(school, "DELETE", me).json()["type"] == "/api/v1/problems/last-instructor"
    assert sent(school, "PUT", me, json={"role": "student"}).status_code == 409
    assert "Ines" in names(school)


def test_nobody_of_another_course_is_found_by_id(school: Any) -> None:
    for person in ("eve", "otto"):
        assert sent(school, "GET", f"{PATH}/{school.people[person].id}").status_code == 404
