"""How long a job that misbehaves keeps its worker, beyond the limit that it was given."""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from grader.sandbox import Call, Sandbox
from grader.sandbox.levels import named
from grader.upload import SourceFile, Upload
from reference.spec import Limits
from tests.benchmarks.benchmark import Effort
from tests.benchmarks.figure import Figure, median, percentile
from tests.benchmarks.rounds import interleaved

SOURCE = """
import os, time

def hang():
    while True:
        try:
            while True: pass
        except BaseException: pass

def sleep(): time.sleep(3600)

def fork():
    while True:
        try: os.fork()
        except OSError: pass

def flood():
    while True: print("x" * 65536)

def eat():
    kept = []
    while True: kept.append(bytearray(b"x" * (1 << 24)))

def one(): return 1.0
"""
UPLOAD = Upload((SourceFile("misbehaves.py", SOURCE),))
WALL_SECONDS = 0.3
LIMITS = Limits(memory_mib=256)
MOST_ROUNDS = 10

PROMISED_MS = 1000.0
"""Its worker is free within the limit and a second."""


@dataclass(frozen=True, slots=True)
class Job:
    """One function of the file in a session of its own, and the next session after it."""

    sandbox: Sandbox
    function: str
    limit_seconds: float

    def __call__(self) -> list[float]:
        """Seconds beyond the limit until another session has answered; the time of an early end counts as none."""
        begun = time.perf_counter()
        with self.sandbox.open(UPLOAD, LIMITS) as session:
            session.run([Call(self.function, wall_seconds=WALL_SECONDS)])
        with self.sandbox.open(UPLOAD, LIMITS) as session:
            session.run([Call("one")])
        return [max(0.0, time.perf_counter() - begun - self.limit_seconds)]


def freed(level: str, effort: Effort) -> Iterator[Figure]:
    """Figures `sandbox.freed.<job>`: hang, sleep and fork bomb end by the clock, the others by limits of their own."""
    with closing(named(level)) as sandbox:
        jobs: Mapping[str, Job] = {
            name: Job(sandbox, name, limit)
            for name, limit in {"hang": WALL_SECONDS, "sleep": WALL_SECONDS, "fork": WALL_SECONDS, "flood": 0.0}.items()
        } | {"eat": Job(sandbox, "eat", 0.0)}
        samples = interleaved(jobs, min(effort.rounds, MOST_ROUNDS), effort.rng, lambda: None)
    for name, seconds in samples.items():
        yield Figure(f"sandbox.freed.{name}.median", 1000.0 * median(seconds), "ms", at_most=PROMISED_MS)
        yield Figure(f"sandbox.freed.{name}.most", 1000.0 * percentile(seconds, 100), "ms", at_most=PROMISED_MS)
