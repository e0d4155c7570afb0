"""A real server, killed without warning in the middle of a grading: after a restart the submission is graded, once."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.course import make_course
from tests.service.processes import ROOT, Service, below

SLUG = "ece421-numpy-nn"
PATH = f"/api/v1/courses/nn/assignments/{SLUG}/submissions"
PATIENCE_SECONDS = 240.0  # for a loaded machine; nothing here measures speed

SLOW = """import time
import numpy as np


def relu(x):
    time.sleep(2.0)
    return np.maximum(x, 0.0)
"""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(tmp_path)
    yield service
    service.close()


@pytest.fixture
def headers(tmp_path: Path) -> dict[str, str]:
    """The token of a student of the course nn, in a fresh database."""
    (student,) = make_course(f"sqlite:///{tmp_path}/chainrule.sqlite3", "nn", SLUG, students=1)
    assert student.path == PATH
    return student.headers


def comes_to(service: Service, submission: str, headers: dict[str, str], *states: str) -> Any:
    """What the API says once the submission is in one of the states."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    with httpx.Client(base_url=service.address, headers=headers, timeout=60) as client:
        while time.monotonic() < deadline:
            body = client.get(f"/api/v1/submissions/{submission}").json()
            if body["state"] in states:
                return body
            time.sleep(0.1)
    raise AssertionError(service.log.read_text())


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
    service: Service, headers: dict[str, str], tmp_path: Path
) -> None:
    first = service.serve()
    answer = httpx.post(first.address + PATH, files={"file": ("a1.py", SLOW.encode())}, headers=headers, timeout=60)
    submission = answer.json()["id"]
    comes_to(service, submission, headers, "running")
    assert within(lambda: len(below(first.pid)) >= 2), "the grading process and its sandbox are not there"
    started = list(below(first.pid))
    first.kill()

    assert within(lambda: all(is_gone(pid) for pid in started)), "something outlived its server"
    service.serve()
    body = comes_to(service, submission, headers, "done", "failed")

    assert body["state"] == "done"
    assert body["score"]["given"] > 0
    rows = sqlite3.connect(tmp_path / "chainrule.sqlite3")
    gradings = rows.execute("select state, attempts from gradings").fetchall()
    rows.close()
    assert gradings == [("done", 2)]


def test_an_accepted_upload_survives_a_kill_before_it_is_graded(service: Service, headers: dict[str, str]) -> None:
    first = service.serve()
    ids = [
        httpx.post(
            first.address + PATH, files={"file": ("a1.py", f"x = {n}".encode())}, headers=headers, timeout=60
        ).json()["id"]
        for n in range(3)
    ]
    first.kill()
    service.serve()

    assert [comes_to(service, one, headers, "done", "failed")["state"] for one in ids] == ["done"] * 3


def test_a_worker_beside_a_server_that_does_not_grade(service: Service, headers: dict[str, str]) -> None:
    server = service.serve(CHAINRULE_EMBEDDED_WORKER="false")
    file = {"file": ("a1.py", b"x = 1")}
    submission = httpx.post(server.address + PATH, files=file, headers=headers, timeout=60).json()["id"]
    worker = service.worker()

    assert comes_to(service, submission, headers, "done", "failed")["state"] == "done"
    worker.send(signal.SIGTERM)
    assert worker.process.wait(PATIENCE_SECONDS) == 0


def test_a_port_that_is_taken_is_one_clear_line(service: Service, headers: dict[str, str]) -> None:
    port = service.serve().address.rpartition(":")[2]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CHAINRULE_DATA_DIR": str(service.data_dir)}
    command = [sys.executable, "-P", "-m", "app.cli", "serve", "--port", port]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=PATIENCE_SECONDS)

    assert done.returncode == 2
    assert done.stdout == b""
    assert f"port {port}" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_server_that_is_asked_to_stop_ends_cleanly(service: Service, headers: dict[str, str]) -> None:
    server = service.serve()
    assert httpx.get(f"{server.address}/healthz", timeout=60).json() == {"status": "ok"}
    server.send(signal.SIGTERM)
    server.process.wait(PATIENCE_SECONDS)

    log = service.log.read_text()
    assert "Application shutdown complete" in log
    assert "Traceback" not in log


def test_a_hundred_megabytes_are_refused_over_the_wire(service: Service, headers: dict[str, str]) -> None:
    server = service.serve()

    def body() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a1.py"\r\n\r\n'
        for _ in range(100):
            yield b"#" * 2**20
        yield b"\r\n--b--\r\n"

    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = httpx.post(server.address + PATH, content=body(), headers={**headers, **kind}, timeout=120)
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{server.pid}/status").read_text())

    assert answer.status_code == 413
    assert peak is not None
    assert int(peak[1]) < 300 * 1024, "the body was buffered"
    assert httpx.get(f"{server.address}/healthz", timeout=60).status_code == 200
