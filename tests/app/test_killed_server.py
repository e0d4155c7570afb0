"""A real server, killed without warning in the middle of a grading: after a restart the submission is graded, once."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from app.security.tokens import Scope, digest, new_api_token
from submissions.clock import system_clock
from submissions.database import Database
from submissions.models import Role
from tests.fakes.running_server import PATIENCE_SECONDS, ROOT, Servers, comes_to

SLUG = "ece421-numpy-nn"
PATH = f"/api/v1/courses/nn/assignments/{SLUG}/submissions"

SLOW = """import time
import numpy as np


def relu(x):
    time.sleep(2.0)
    return np.maximum(x, 0.0)
"""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Servers]:
    servers = Servers(tmp_path)
    yield servers
    servers.close()


@pytest.fixture
def headers(tmp_path: Path) -> dict[str, str]:
    """The token of a student of the course nn, in a fresh database."""
    database = Database.open(f"sqlite:///{tmp_path}/chainrule.sqlite3", system_clock)
    database.migrate()
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


def children(pid: int) -> list[int]:
    """Process ids of everything that a process started, and what that started."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in (task / "children").read_text().split():
            found += [int(child), *children(int(child))]
    return found


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def within(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return condition()


def test_a_grading_cut_short_is_done_once_after_a_restart(
    servers: Servers, headers: dict[str, str], tmp_path: Path
) -> None:
    first = servers.start()
    answer = httpx.post(first.address + PATH, files={"file": ("a1.py", SLOW.encode())}, headers=headers, timeout=60)
    submission = answer.json()["id"]
    comes_to(first, submission, headers, "running")
    assert within(lambda: len(children(first.process.pid)) >= 2), "the grading process and its sandbox are not there"
    started = children(first.process.pid)
    first.kill()

    assert within(lambda: all(is_gone(pid) for pid in started)), "something outlived its server"
    second = servers.start()
    body = comes_to(second, submission, headers, "done", "failed")

    assert body["state"] == "done"
    assert body["score"]["given"] > 0
    rows = sqlite3.connect(tmp_path / "chainrule.sqlite3")
    gradings = rows.execute("select state, attempts from gradings").fetchall()
    rows.close()
    assert gradings == [("done", 2)]


def test_an_accepted_upload_survives_a_kill_before_it_is_graded(servers: Servers, headers: dict[str, str]) -> None:
    first = servers.start()
    ids = [
        httpx.post(
            first.address + PATH, files={"file": ("a1.py", f"x = {n}".encode())}, headers=headers, timeout=60
        ).json()["id"]
        for n in range(3)
    ]
    first.kill()
    second = servers.start()

    assert [comes_to(second, one, headers, "done", "failed")["state"] for one in ids] == ["done"] * 3


def test_a_worker_beside_a_server_that_does_not_grade(servers: Servers, headers: dict[str, str]) -> None:
    server = servers.start(CHAINRULE_EMBEDDED_WORKER="false")
    file = {"file": ("a1.py", b"x = 1")}
    submission = httpx.post(server.address + PATH, files=file, headers=headers, timeout=60).json()["id"]
    worker = servers.start_worker()
    assert comes_to(server, submission, headers, "done", "failed")["state"] == "done"
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE_SECONDS) == 0


def test_a_port_that_is_taken_is_one_clear_line(servers: Servers, headers: dict[str, str]) -> None:
    port = servers.start().address.rpartition(":")[2]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CHAINRULE_DATA_DIR": str(servers.data_dir)}
    command = [sys.executable, "-P", "-m", "app.cli", "serve", "--port", port]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=PATIENCE_SECONDS)

    assert done.returncode == 2
    assert done.stdout == b""
    assert f"port {port}" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_server_that_is_asked_to_stop_ends_cleanly(servers: Servers, headers: dict[str, str]) -> None:
    server = servers.start()
    assert httpx.get(f"{server.address}/healthz", timeout=60).json() == {"status": "ok"}
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(PATIENCE_SECONDS)

    log = (server.data_dir / "log").read_text()
    assert "Application shutdown complete" in log
    assert "Traceback" not in log


def test_a_hundred_megabytes_are_refused_over_the_wire(servers: Servers, headers: dict[str, str]) -> None:
    server = servers.start()

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a1.py"\r\n\r\n'
        for _ in range(100):
            yield b"#" * 2**20
        yield b"\r\n--b--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = httpx.post(server.address + PATH, content=body(), headers={**headers, **kind}, timeout=120)
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{server.process.pid}/status").read_text())

    assert answer.status_code == 413
    assert peak is not None
    assert int(peak[1]) < 300 * 1024, "the body was buffered"
    assert httpx.get(f"{server.address}/healthz", timeout=60).status_code == 200
