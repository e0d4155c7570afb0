"""A worker in a process of its own, for tests that kill it: prints the id of each job it begins, one a line.

Usage: worker_process.py URL SECONDS LEASE: each job takes SECONDS under a lease of LEASE seconds; it works until it is
killed or its stdin is closed.
"""

import os
import sys
import threading

from submissions.attempts import database_time
from submissions.clock import system_clock
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.models import Lane
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine, Graded, Job

POISON = b"poison"
"""What ends every worker that grades it."""


def main(url: str, seconds: float, lease_seconds: float) -> None:
    stop = threading.Event()

    def grade(job: Job) -> Graded:
        print(job.grading_id, flush=True)
        if job.source == POISON:
            os._exit(1)
        threading.Event().wait(seconds)
        part = {"name": "all", "points": {"given": 1.0, "maximum": 1.0}, "checks": []}
        return Graded({"score": {"given": 1.0, "maximum": 1.0}, "parts": [part]}, "seed", "version")

    def until_closed() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=until_closed, daemon=True).start()
    database = Database.open(url, system_clock)
    given = {"lease_seconds": lease_seconds, "heartbeat_seconds": 0.2, "retry_seconds": 0.05}
    engine: Engine = EmbeddedEngine(database, system_clock, **given)
    if database.is_shared:
        engine = ProcrastinateEngine(database, leases=database_time, **given)
    engine.run(grade, slots=1, lanes=[Lane.LIVE], stop=stop)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]))
