"""The engine of a shared database: Procrastinate delivers gradings to workers on any number of hosts.

What it delivers is a nudge (nudges.py): the worker then takes the grading by its row, under a lease by the database's
clock. So a nudge that comes twice, late or to a worker thought dead changes nothing. Every worker also takes back what
others left, and writes the nudges that are missing.
"""

import asyncio
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from procrastinate import App, PsycopgConnector

from submissions.attempts import Attempts, LeaseClock, database_time
from submissions.database import Database
from submissions.host import worker_name
from submissions.models import Lane
from submissions.nudges import TASK
from submissions.queue import Handler, lanes_of_slots

log = logging.getLogger(__name__)

NOTICE_SECONDS = 0.2
"""Until a request to stop is seen."""

POLL_SECONDS = 5.0
"""How long a nudge may lie whose notification was lost, as all are while a connection is being made anew."""

RECONCILE_SECONDS = 30.0
"""Between two looks for gradings that wait without a nudge, such as those whose worker lost its database."""


class ProcrastinateEngine:
    """See Engine; for the seconds see Attempts.

    leases: the clock of leases. A worker of Procrastinate's that has not been heard of for `lease_seconds` is gone too.
    """

    def __init__(
        self,
        database: Database,
        lease_seconds: float = 15.0,
        heartbeat_seconds: float | None = None,
        retry_seconds: float = 2.0,
        leases: LeaseClock = database_time,
        reconcile_seconds: float = RECONCILE_SECONDS,
    ) -> None:
        self._database = database
        self._lease_seconds = lease_seconds
        self._heartbeat_seconds = lease_seconds / 5 if heartbeat_seconds is None else heartbeat_seconds
        self._reconcile_seconds = reconcile_seconds
        self._now = leases
        self._attempts = Attempts(
            database,
            leases,
            lease_seconds=lease_seconds,
            heartbeat_seconds=self._heartbeat_seconds,
            retry_seconds=retry_seconds,
        )

    def run_once(self, handler: Handler, worker: str, lanes: Sequence[Lane]) -> bool:
        """See Engine. It does not wait to be nudged; the nudge then finds nothing to do."""
        return self._attempts.make_next(worker, lanes, handler)

    def run(self, handler: Handler, *, slots: int, lanes: Sequence[Lane], stop: threading.Event) -> None:
        """See Engine. While the database is away it tries again."""
        with ThreadPoolExecutor(slots, thread_name_prefix="slot") as threads:
            while not stop.is_set():
                try:
                    asyncio.run(self._work(handler, threads, lanes_of_slots(slots, lanes), stop))
                except Exception:
                    log.exception("the queue cannot be reached; trying again")
                stop.wait(self._heartbeat_seconds)

    async def _work(
        self, handler: Handler, threads: ThreadPoolExecutor, slots: list[tuple[Lane, ...]], stop: threading.Event
    ) -> None:
        """Work until `stop` is set or a part of this ends by itself, as parts do when the database goes away."""
        app = App(connector=PsycopgConnector(conninfo=self._database.dsn, min_size=1, max_size=4))
        name = worker_name()

        def grade(grading_id: str) -> None:
            claimed = self._attempts.take(grading_id, name)
            if claimed is not None:
                self._attempts.make(claimed, handler)

        @app.task(name=TASK)
        async def nudged(grading_id: str) -> None:
            try:
                await asyncio.get_running_loop().run_in_executor(threads, grade, grading_id)
            except Exception:
                # The database failed. The lease runs out, or the reconciler writes another nudge.
                log.exception("grading %s could not be taken or recorded", grading_id)

        async with app.open_async():
            parts = [
                asyncio.create_task(self._serve(app, served, slots.count(served))) for served in dict.fromkeys(slots)
            ]
            parts += [asyncio.create_task(self._look_after(app)), asyncio.create_task(_until(stop))]
            await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
            for part in parts:
                part.cancel()  # to Procrastinate's workers: finish what has begun
            ended = await asyncio.gather(*parts, return_exceptions=True)
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault

    async def _serve(self, app: App, lanes: Sequence[Lane], slots: int) -> None:
        await app.run_worker_async(
            queues=[lane.value for lane in lanes],
            name=worker_name(),
            concurrency=slots,
            fetch_job_polling_interval=POLL_SECONDS,
            abort_job_polling_interval=3600.0,  # nothing is ever aborted this way: see heartbeat.py
            delete_jobs="always",  # the gradings table remembers
            install_signal_handlers=False,
            update_heartbeat_interval=self._heartbeat_seconds,
            stalled_worker_timeout=self._lease_seconds,
        )

    async def _look_after(self, app: App) -> None:
        """Take back what workers that are gone held, and what was on its way to them."""
        waited = self._reconcile_seconds  # once at the start
        while True:
            await asyncio.to_thread(self._attempts.take_back)
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=self._lease_seconds):
                await app.job_manager.retry_job(job)
            if waited >= self._reconcile_seconds:
                await asyncio.to_thread(self.reconcile)
                waited = 0.0
            await asyncio.sleep(self._heartbeat_seconds)
            waited += self._heartbeat_seconds

    def reconcile(self) -> int:
        """Write a nudge for every grading that waits and has none, or one that led to nothing; how many."""
        with self._database.transaction() as tx:
            tx.queue.clear_away(self._lease_seconds)
            forgotten = tx.queue.forgotten()
            for each in forgotten:
                tx.queue.nudge_again(each)
        if forgotten:
            log.warning("%d gradings waited without a nudge and have one again", len(forgotten))
        return len(forgotten)


async def _until(stop: threading.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(NOTICE_SECONDS)
