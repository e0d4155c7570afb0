"""Whatever worker process is killed at whatever moment, every upload ends in exactly one grade."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from submissions.models import State

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("worker_process.py")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(school: Any) -> Iterator[Start]:
    """Starts workers on the school's database; whatever still runs at the end is killed by its own handle."""
    started: list[subprocess.Popen[str]] = []

    def begin(seconds: float, lease_seconds: float = 1.0) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, str(SCRIPT), school.url, str(seconds), str(lease_seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def wait_until_idle(school: Any) -> None:
    for _ in range(600):
        with school.database.reading() as tx:
            if sum(tx.queue.depth().values()) == 0:
                return
        threading.Event().wait(0.05)
    raise AssertionError("gradings are still open after 30 s")


def test_a_worker_killed_in_the_middle_of_a_job_is_replaced_and_the_job_graded_once(school: Any, start: Start) -> None:
    submitted = school.hand_in()
    first = start(3600.0)
    assert line(first) == submitted.grading_id
    first.kill()
    first.wait()
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id).state is State.RUNNING
    second = start(0.0)
    assert line(second) == submitted.grading_id
    wait_until_idle(school)
    with school.database.reading() as tx:
        grading = tx.gradings.current(submitted.submission.id)
        assert (grading.state, grading.attempts, grading.score_given) == (State.DONE, 2, 1.0)
        assert len(tx.gradings.of_submission(submitted.submission.id)) == 1
        assert [event.kind for event in tx.events.of_grading(submitted.grading_id)] == [
            "submission.received",
            "grading.retried",
            "grading.done",
        ]


def test_workers_in_several_processes_never_get_the_same_job(school: Any, start: Start) -> None:
    submitted = {school.hand_in(school.person(f"p{number}")).grading_id for number in range(40)}
    # Nobody is killed here: the lease is long, so that a slow machine hands no job out twice.
    workers = [start(0.002, lease_seconds=60.0) for _ in range(3)]
    wait_until_idle(school)
    taken = [each for worker in workers for each in worker.communicate(timeout=30)[0].split()]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert len(taken) == len(submitted)
    assert set(taken) == submitted


def test_workers_killed_again_and_again_lose_and_repeat_nothing(school: Any, start: Start) -> None:
    submitted = [school.hand_in(school.person(f"p{number}")) for number in range(30)]
    # So slow that jobs are left for every victim, also where a process takes half a minute to start.
    survivor = start(2.0)
    for jobs_before_death in (1, 2, 3):
        victim = start(0.02)
        for _ in range(jobs_before_death):
            line(victim)
        victim.kill()
        victim.wait()
    start(0.0)
    wait_until_idle(school)
    assert survivor.poll() is None
    with school.database.reading() as tx:
        states = [tx.gradings.current(each.submission.id).state for each in submitted]
        assert states == [State.DONE] * len(submitted)
        assert tx.events.count("grading.done") == len(submitted)
