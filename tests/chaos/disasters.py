"""What is done to the service: each disaster is one function, given the cast and an rng, and may decline."""

import contextlib
import os
import resource
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.adjustable_clock import set_offset
from tests.chaos.cast import Cast
from tests.chaos.crash_points import POINTS
from tests.chaos.engines import Store
from tests.service.processes import Running, below

TICK_SECONDS = 0.1
DISK_FULL_SECONDS = 1.0
STOPPED_LEASES = 6.0
FARTHEST_JUMP_SECONDS = 2 * 3600.0
GRADER = "app.gradings.grading_process"

IDLE = 0.01
"""How often a worker that waits is struck; asked some fifty times a second while nobody is busy."""


@dataclass
class Stage:
    """Where disasters happen. clock: file of the processes' clock. lease_seconds: of the workers.

    endings: what ends a disaster that lasts, each in a thread of its own: the conductor may be waiting for a process
    that waits for the very worker that is stopped.
    """

    cast: Cast
    clock: Path
    lease_seconds: float
    rng: Random
    endings: list[threading.Thread] = field(default_factory=list)

    def later(self, seconds: float, ending: Callable[[], None], enough: Callable[[], bool] = lambda: False) -> None:
        """Have it done after so many seconds, or as soon as it was `enough`."""

        def wait() -> None:
            end = time.monotonic() + seconds
            while time.monotonic() < end and not enough():
                time.sleep(TICK_SECONDS)
            ending()

        self.endings.append(thread := threading.Thread(target=wait))
        thread.start()

    def calm(self) -> None:
        """Wait until every disaster has ended."""
        for thread in self.endings:
            thread.join()
        self.endings.clear()


Disaster = Callable[[Stage], bool]
"""Strikes, or declines with False where it would kill a grading for the third time or finds nobody to strike."""


def kill_server(stage: Stage) -> bool:
    """kill -9 of the process that answers."""
    stage.cast.kill(stage.cast.server)
    return True


def kill_worker(stage: Stage) -> bool:
    """kill -9 of a worker."""
    worker = _victim(stage)
    if worker is None:
        return False
    stage.cast.kill(worker)
    return True


def kill_grader(stage: Stage) -> bool:
    """kill -9 of the process in which a worker grades."""
    return _kill_below(stage, lambda command: GRADER in command)


def kill_sandbox(stage: Stage) -> bool:
    """kill -9 of a zygote, of what is around it, or of a process with a student's code."""
    return _kill_below(stage, lambda command: GRADER not in command)


def stop_worker(stage: Stage) -> bool:
    """SIGSTOP until its grading has been given to another: when it goes on, it is a zombie.

    Not for ever: it may hold the lock of the database, and then nobody can take anything.
    """
    worker = _victim(stage)
    if worker is None:
        return False
    worker.send(signal.SIGSTOP)
    if not stage.cast.is_busy(worker):  # it has ended its grading meanwhile
        worker.send(signal.SIGCONT)
        return False
    stage.cast.stopped.add(worker)

    def go_on() -> None:
        worker.send(signal.SIGCONT)
        stage.cast.stopped.discard(worker)

    stage.later(STOPPED_LEASES * stage.lease_seconds, go_on, enough=lambda: not stage.cast.is_busy(worker))
    return True


def fill_disk(stage: Stage) -> bool:
    """For a second no process can write to a file: what a full disk does, by a limit of 0 bytes on every file.

    Then each process has the limits again that it had; a disk that is full already cannot be filled, as what a process
    has then is no limit to give back. SQLite sees EFBIG where a full disk says ENOSPC, and gives up
    its transaction for either.
    """
    if not stage.cast.all_may_be_harmed():
        return False
    before: dict[Running, tuple[int, int]] = {}
    for running in (stage.cast.server, *stage.cast.crew):
        with contextlib.suppress(ProcessLookupError):
            if running.alive:
                before[running] = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
    if any(soft == 0 for soft, _ in before.values()):
        return False
    for running, (_, hard) in before.items():
        with contextlib.suppress(ProcessLookupError):
            if running.alive:
                resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (0, hard))

    def free() -> None:
        for running, limits in before.items():
            with contextlib.suppress(ProcessLookupError):
                if running.alive:
                    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, limits)

    stage.later(DISK_FULL_SECONDS, free)
    return True


def jump_clock(stage: Stage) -> bool:
    """The clock of every process goes to some time within two hours of the right one, forward or back."""
    if not stage.cast.all_may_be_harmed():
        return False
    set_offset(stage.clock, stage.rng.uniform(-FARTHEST_JUMP_SECONDS, FARTHEST_JUMP_SECONDS))
    return True


def kill_database(stage: Stage) -> bool:
    """kill -9 of PostgreSQL, all its processes at once; it is started again immediately."""
    server = stage.cast.store.server
    if server is None or not stage.cast.all_may_be_harmed():
        return False
    stage.cast.without_database()
    server.crash()
    server.start()
    return True


def arm(stage: Stage) -> bool:
    """kill -9 of a process, whose successor will die at a point of crash_points.py."""
    point = stage.rng.choice(sorted(POINTS))
    if stage.cast.to_arm is not None:
        return False
    struck = kill_server(stage) if POINTS[point].process == "serve" else kill_worker(stage)
    if struck:
        stage.cast.to_arm = point
    return struck


DISASTERS: Mapping[str, Disaster] = {
    "server killed": kill_server,
    "worker killed": kill_worker,
    "grading process killed": kill_grader,
    "sandbox killed": kill_sandbox,
    "worker stopped": stop_worker,
    "disk full": fill_disk,
    "clock set": jump_clock,
    "armed": arm,
}


def disasters_for(store: Store) -> Mapping[str, Disaster]:
    """What can be done to a service with this database."""
    return DISASTERS if store.server is None else {**DISASTERS, "database killed": kill_database}


def _victim(stage: Stage) -> Running | None:
    """A worker in the middle of a grading that may be harmed; now and then, where there is none, one that waits."""
    workers = [worker for worker in stage.cast.crew if worker.alive and stage.cast.may_be_harmed(worker)]
    busy = [worker for worker in workers if stage.cast.is_busy(worker)]
    if not busy and stage.rng.random() >= IDLE:
        return None
    return stage.rng.choice(busy or workers) if workers else None


def _kill_below(stage: Stage, chosen: Callable[[str], bool]) -> bool:
    worker = _victim(stage)
    found = [] if worker is None else sorted(pid for pid, command in below(worker.pid).items() if chosen(command))
    if not found:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(stage.rng.choice(found), signal.SIGKILL)
    return True
