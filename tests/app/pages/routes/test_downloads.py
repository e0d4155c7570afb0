"""Downloads of an assignment: grades as JSON, uploads as zip, for instructors only."""

import io
import zipfile
from typing import Any

import pytest

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


def test_json_has_every_learner_and_what_counts_and_why(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    site.login("teacher")
    form = {"csrf_token": site.token(), "points": "80", "comment": "checked"}
    site.client.post(f"{address}/override", data=form)
    answer = site.client.get(f"{PATH}/grades.json")
    assert answer.headers["content-disposition"] == 'attachment; filename="ece421-numpy-nn.json"'
    learners = {one["email"]: one for one in answer.json()["learners"]}
    ada = learners["student@example.org"]
    assert (ada["grade"]["points"], ada["grade"]["before_lateness"]) == (80.0, 74.0)
    assert ada["grade"]["override"]["comment"] == "checked"
    assert [one["score"]["given"] for one in ada["attempts"]] == [74.0]
    assert learners["peer@example.org"]["attempts"] == []
    assert ada["extension"] is None


def test_zip_has_every_upload_as_it_came(site: Any) -> None:
    for who in ("student", "peer"):
        site.login(who)
        for number in (1, 2):
            site.handed_in(data=f"# {who} {number}\n".encode(), name=f"{who}.py")
    site.login("teacher")
    answer = site.client.get(f"{PATH}/sources.zip")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as made:
        found = sorted((name.split("-")[0], name.rpartition("/")[2], made.read(name)) for name in made.namelist())
    assert found == [
        (f"{who}_b_name_b", f"attempt-00{number}-{who}.py", f"# {who} {number}\n".encode())
        for who in ("peer", "student")
        for number in (1, 2)
    ]


@pytest.mark.parametrize(("who", "status"), [("student", 403), ("stranger", 404)])
def test_nobody_else_downloads(site: Any, who: str, status: int) -> None:
    site.login(who)
    for name in ("grades.json", "sources.zip"):
        assert site.client.get(f"{PATH}/{name}").status_code == status
