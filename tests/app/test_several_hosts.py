"""Two servers that do not grade and two workers on one PostgreSQL: whatever is killed, each upload is graded once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.security.tokens import Scope, digest, new_api_token
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role, State
from tests.databases import POSTGRESQL
from tests.fakes.running_server import Server, Servers, comes_to

SLUG = "ece421-numpy-nn"
PATH = f"/api/v1/courses/nn/assignments/{SLUG}/submissions"
UPLOADS = 8


@pytest.fixture
def servers(tmp_path: Path, database_url: str) -> Iterator[Servers]:
    servers = Servers(tmp_path, {"CHAINRULE_DATABASE_URL": database_url})
    yield servers
    servers.close()


@pytest.fixture
def headers(database_url: str) -> dict[str, str]:
    """The token of a student of the course nn."""
    database = Database.open(database_url, system_clock)
    secret, now = new_api_token(), system_clock()
    with database.transaction() as tx:
        course = tx.courses.add("nn", "Neural networks", "UTC")
        tx.courses.add_assignment(course.id, SLUG, "Neural network", 100.0, None, None, None)
        user = tx.accounts.add_user("ada@example.org", "Ada", None, now)
        tx.courses.enroll(course.id, user.id, Role.STUDENT)
        scopes = frozenset(scope.value for scope in Scope)
        tx.accounts.add_token(user.id, "test", digest(secret), scopes, now, now + timedelta(days=1))
    database.close()
    return {"Authorization": f"Bearer {secret}"}


def hand_in(server: Server, number: int, headers: dict[str, str]) -> str:
    """As a client does that had no answer: the same key again, elsewhere if need be."""
    file = {"file": ("a1.py", f"x = {number}".encode())}
    keyed = {**headers, "Idempotency-Key": f"upload-{number}"}
    answer = httpx.post(server.address + PATH, files=file, headers=keyed, timeout=60)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


@pytest.mark.parametrize("database_kind", [POSTGRESQL], indirect=True)
def test_servers_and_workers_are_killed_and_each_upload_is_graded_once(
    servers: Servers, headers: dict[str, str], database_url: str
) -> None:
    first, second = servers.start("--workers", "0"), servers.start("--workers", "0")
    victim, _survivor = servers.start_worker(), servers.start_worker("--slots", "2")
    accepted = [hand_in((first, second)[number % 2], number, headers) for number in range(UPLOADS // 2)]
    comes_to(first, accepted[0], headers, "running", "done")
    victim.kill()
    first.kill()
    accepted += [hand_in(second, number, headers) for number in range(UPLOADS // 2, UPLOADS)]
    again = [hand_in(second, number, headers) for number in range(UPLOADS)]
    assert again == accepted
    assert len(set(accepted)) == UPLOADS
    bodies = [comes_to(second, one, headers, "done", "failed") for one in accepted]
    assert [body["state"] for body in bodies] == ["done"] * UPLOADS

    database = Database.open(database_url, system_clock)
    with database.reading() as tx:
        gradings = [tx.gradings.of_submission(one) for one in accepted]
        assert tx.events.count("grading.done") == UPLOADS
    database.close()
    assert [[grading.state for grading in each] for each in gradings] == [[State.DONE]] * UPLOADS
    assert len({grading.report["score"]["given"] for each in gradings for grading in each if grading.report}) == 1
