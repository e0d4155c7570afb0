"""Jobs a second at full load: drivers in processes of their own, each doing one job after the other.

As a program (`python -m tests.benchmarks.full_load CONTESTANT LEVEL SECONDS`) it is one driver: it starts its
contestant, does a few jobs, says "ready", waits for a line, works for so many seconds, and says how many jobs it did,
in how many seconds, with how much processor time of its whole tree.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.contestants import started
from tests.benchmarks.process_tree import adopt_orphans, cpu_seconds

ROOT = Path(__file__).parent.parent.parent

DRIVERS = 2
WARM_UP = 2
START_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Load:
    """What drivers did together: jobs, the seconds it took, processor time with that of everything they caused."""

    jobs: int
    seconds: float
    cpu_seconds: float

    @property
    def jobs_per_second(self) -> float:
        """Throughput of all drivers."""
        return self.jobs / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Processor time of a job in milliseconds."""
        return 1000.0 * self.cpu_seconds / self.jobs


def together(runs: Sequence[Load]) -> Load:
    """Several runs, one after the other."""
    return Load(sum(run.jobs for run in runs), sum(run.seconds for run in runs), sum(run.cpu_seconds for run in runs))


def at_full_load(contestant: str, level: str, seconds: float, drivers: int = DRIVERS) -> Load:
    """Let `drivers` processes work for so many seconds. Raises RuntimeError if one of them fails."""
    command = (sys.executable, "-m", "tests.benchmarks.full_load", contestant, level, str(seconds))
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(drivers)
    ]
    try:
        for driver in running:
            assert driver.stdout is not None
            if driver.stdout.readline() != "ready\n":
                raise RuntimeError(f"a driver of {contestant} did not start")
        for driver in running:
            assert driver.stdin is not None
            driver.stdin.write("go\n")
            driver.stdin.flush()
        said = [driver.communicate(timeout=seconds + START_SECONDS)[0].split() for driver in running]
    finally:
        for driver in running:
            driver.kill()
            driver.communicate()
    if any(len(words) != 3 for words in said):
        raise RuntimeError(f"a driver of {contestant} failed")
    jobs = sum(int(words[0]) for words in said)
    return Load(jobs, sum(float(words[1]) for words in said) / drivers, sum(float(words[2]) for words in said))


def drive(contestant: str, level: str, seconds: float) -> None:
    """Be one driver."""
    adopt_orphans()
    working = started(contestant, level)
    try:
        for _ in range(WARM_UP):
            working.one()
        print("ready", flush=True)
        sys.stdin.readline()
        jobs = 0
        before, begun = cpu_seconds(), time.perf_counter()
        while jobs == 0 or time.perf_counter() - begun < seconds:
            working.one()
            jobs += 1
        print(jobs, time.perf_counter() - begun, cpu_seconds() - before, flush=True)
    finally:
        working.close()


def main(arguments: Sequence[str]) -> None:
    """Read the command line of a driver."""
    contestant, level, seconds = arguments
    drive(contestant, level, float(seconds))


if __name__ == "__main__":
    main(sys.argv[1:])
