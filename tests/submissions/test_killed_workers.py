"""Whatever process is killed, stopped or cut off at whatever moment, every upload ends in exactly one grade."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from submissions.gradings import MAX_ATTEMPTS
from submissions.models import State
from tests.databases import SQLITE
from tests.submissions.recovery import recover, wait_until_idle

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


def test_a_zombie_comes_back_too_late(school: Any, start: Start) -> None:
    """Stopped for longer than its lease, a worker goes on when another has done its job."""
    submitted = school.hand_in()
    zombie = start(0.5)
    assert line(zombie) == submitted.grading_id
    zombie.send_signal(signal.SIGSTOP)
    recover(school)
    with school.database.reading() as tx:
        done = tx.gradings.get(submitted.grading_id)
        assert (done.state, done.attempts) == (State.DONE, 2)
    zombie.send_signal(signal.SIGCONT)
    assert zombie.stdin is not None
    zombie.stdin.close()
    assert zombie.wait(60) == 0
    with school.database.reading() as tx:
        assert tx.gradings.get(submitted.grading_id) == done
        assert tx.events.count("grading.done") == 1
        assert tx.events.count("grading.result_discarded") == 1


def test_a_submission_that_ends_its_workers_is_given_up_and_the_others_go_on(school: Any, start: Start) -> None:
    poison, good = school.hand_in(source="poison"), school.hand_in(school.person("grace"))
    for attempt in range(1, MAX_ATTEMPTS + 1):
        victim = start(0.0)
        while line(victim):
            continue
        assert victim.wait(60) == 1
        with school.database.reading() as tx:
            assert tx.gradings.get(poison.grading_id).attempts == attempt
    recover(school)
    with school.database.reading() as tx:
        failed = tx.gradings.get(poison.grading_id)
        assert (failed.state, failed.attempts, failed.score_given) == (State.FAILED, MAX_ATTEMPTS, None)
        assert tx.gradings.get(good.grading_id).state is State.DONE


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_a_backup_in_the_middle_of_a_run_is_whole(school: Any, start: Start, tmp_path: Path) -> None:
    for number in range(10):
        school.hand_in(school.person(f"p{number}"))
    worker = start(0.01)
    line(worker)
    copy = sqlite3.connect(tmp_path / "copy.db")
    with sqlite3.connect(school.url.removeprefix("sqlite:///")) as source:
        source.backup(copy)
    source.close()
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    assert copy.execute("SELECT count(*) FROM submissions").fetchone() == (10,)
    copy.close()
    wait_until_idle(school)
