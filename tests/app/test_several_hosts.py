"""Two servers that do not grade and two workers on one PostgreSQL: whatever is killed, each upload is graded once."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import State
from tests.app.test_killed_server import comes_to
from tests.databases import POSTGRESQL
from tests.service.course import make_course
from tests.service.processes import Running, Service

SLUG = "ece421-numpy-nn"
PATH = f"/api/v1/courses/nn/assignments/{SLUG}/submissions"
UPLOADS = 8


@pytest.fixture
def hosts(tmp_path: Path, database_url: str) -> Iterator[list[Service]]:
    """Two, each with a port of its own; of one key, which is in the folder."""
    settings = {"CHAINRULE_DATABASE_URL": database_url, "CHAINRULE_EMBEDDED_WORKER": "false"}
    hosts = [Service(tmp_path, settings) for _ in range(2)]
    yield hosts
    for host in hosts:
        host.close()


@pytest.fixture
def headers(database_url: str) -> dict[str, str]:
    """The token of a student of the course nn."""
    (student,) = make_course(database_url, "nn", SLUG, students=1)
    assert student.path == PATH
    return student.headers


def hand_in(server: Running, number: int, headers: dict[str, str]) -> str:
    """As a client does that had no answer: the same key again, elsewhere if need be."""
    file = {"file": ("a1.py", f"x = {number}".encode())}
    keyed = {**headers, "Idempotency-Key": f"upload-{number}"}
    answer = httpx.post(server.address + PATH, files=file, headers=keyed, timeout=60)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("database_kind", [POSTGRESQL], indirect=True)
def test_servers_and_workers_are_killed_and_each_upload_is_graded_once(
    hosts: list[Service], headers: dict[str, str], database_url: str
) -> None:
    one, other = hosts
    first, second = one.serve(), other.serve()
    victim, _survivor = one.worker(), other.worker(CHAINRULE_WORKER_SLOTS="2")
    accepted = [hand_in((first, second)[number % 2], number, headers) for number in range(UPLOADS // 2)]
    comes_to(one, accepted[0], headers, "running", "done")
    victim.kill()
    first.kill()
    accepted += [hand_in(second, number, headers) for number in range(UPLOADS // 2, UPLOADS)]
    again = [hand_in(second, number, headers) for number in range(UPLOADS)]
    assert again == accepted
    assert len(set(accepted)) == UPLOADS
    bodies = [comes_to(other, each, headers, "done", "failed") for each in accepted]
    assert [body["state"] for body in bodies] == ["done"] * UPLOADS

    database = Database.open(database_url, system_clock)
    with database.reading() as tx:
        gradings = [tx.gradings.of_submission(each) for each in accepted]
        assert tx.events.count("grading.done") == UPLOADS
    database.close()
    assert [[grading.state for grading in each] for each in gradings] == [[State.DONE]] * UPLOADS
    assert len({grading.report["score"]["given"] for each in gradings for grading in each if grading.report}) == 1
