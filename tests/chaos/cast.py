"""The processes that are harmed: one server and some workers, each replaced when it has died."""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import select

from submissions.models import State
from submissions.schema.tables import gradings
from tests.chaos.armed import CRASH
from tests.chaos.crash_points import POINTS
from tests.chaos.engines import Store
from tests.service.processes import Running, Service
from tests.service.rows import rows

MOST_PASSINGS = 4
"""An armed process dies at one of the first so many passings of its point."""

STARTING_SECONDS = 20.0
"""How long a process may take to start on a machine that is busy with much else."""

SPARED = 2
"""Attempts from which on a grading is left alone: its third death would rightly end it."""


@dataclass
class Cast:
    """store: the database. killed: the processes that a disaster has ended. deaths: at armed points, by point.

    born: when each process was started. to_arm: the point for the next process of its kind. stopped: workers that do
    not run for a while.
    """

    service: Service
    store: Store
    workers: int
    server: Running = field(init=False)
    crew: list[Running] = field(default_factory=list)
    killed: set[Running] = field(default_factory=set)
    born: dict[Running, float] = field(default_factory=dict)
    armed: dict[Running, str] = field(default_factory=dict)
    deaths: Counter[str] = field(default_factory=Counter)
    to_arm: str | None = None
    stopped: set[Running] = field(default_factory=set)

    def begin(self) -> None:
        """Start everybody, unarmed."""
        self.server = self._born(self.service.serve())
        self.crew = [self._born(self.service.worker()) for _ in range(self.workers)]

    def revive(self, rng: Random) -> None:
        """Replace whoever has died; the next of its kind is armed where that was asked. Raises AssertionError.

        A process that nobody killed and that was not armed must not have ended.
        """
        if not self.server.alive:
            self._bury(self.server)
            try:
                self.server = self._born(self.service.serve(**self._weapon("serve", rng)))
            except RuntimeError:  # such as a database that a stopped worker holds for long; it is started again
                self.deaths["at its start, a server"] += 1
                return
            self._note_armed(self.server, "serve")
        for place, worker in enumerate(self.crew):
            if not worker.alive:
                self._bury(worker)
                self.crew[place] = self._born(self.service.worker(**self._weapon("worker", rng)))
                self._note_armed(self.crew[place], "worker")

    def kill(self, running: Running) -> None:
        """SIGKILL."""
        self.killed.add(running)
        running.kill()

    def without_database(self) -> None:
        """What starts while its database is away may end, and is started again; what works must go on."""
        begun = time.monotonic() - STARTING_SECONDS
        self.killed.update(one for one in (self.server, *self.crew) if self.born[one] > begun)

    def may_be_harmed(self, worker: Running) -> bool:
        """Whether a worker holds no grading that has died twice, and is not stopped: it is to come back."""
        return worker not in self.stopped and all(
            attempts < SPARED for name, attempts in self._held() if _is_of(name, worker)
        )

    def is_busy(self, worker: Running) -> bool:
        """Whether a worker holds a grading."""
        return any(_is_of(name, worker) for name, _ in self._held())

    def all_may_be_harmed(self) -> bool:
        """Whether nobody does."""
        return all(attempts < SPARED for _, attempts in self._held())

    def _held(self) -> list[tuple[str, int]]:
        """Worker and attempts of each grading that is worked on."""
        query = select(gradings.c.worker, gradings.c.attempts).where(gradings.c.state == State.RUNNING.value)
        return [(row.worker, row.attempts) for row in rows(self.store.url, query)]

    def _bury(self, dead: Running) -> None:
        point = self.armed.pop(dead, None)
        if point is not None and dead not in self.killed:
            self.deaths[f"at {point}"] += 1
            self.killed.add(dead)
        assert dead in self.killed, (
            f"a process ended by itself:\n{self.service.log.read_text(errors='replace')[-3000:]}"
        )

    def _born(self, running: Running) -> Running:
        self.born[running] = time.monotonic()
        return running

    def _weapon(self, process: str, rng: Random) -> dict[str, str]:
        if self.to_arm is None or POINTS[self.to_arm].process != process:
            return {}
        return {CRASH: f"{self.to_arm}:{rng.randint(1, MOST_PASSINGS)}"}

    def _note_armed(self, running: Running, process: str) -> None:
        if self.to_arm is not None and POINTS[self.to_arm].process == process:
            self.armed[running], self.to_arm = self.to_arm, None


def _is_of(name: str, worker: Running) -> bool:
    """Whether a name in the database is of this process; the embedded engine adds the slot."""
    return name.partition("/")[0].endswith(f":{worker.pid}")
