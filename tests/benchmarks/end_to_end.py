"""From a student's file to its points: Chainrule as a service beside other autograders, interleaved on one machine.

The file and what is tested are the same: `ece421-numpy-nn` without its training, 85 points. Peers run the tests of
graders/cases.py beside the student's code, each submission in an interpreter of its own, without sandbox, queue or
database; Chainrule has all three and is asked over HTTP. They are installed by `make bench-graders`; without it they
are named as left out.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, median, percentile
from tests.benchmarks.graders import students
from tests.benchmarks.graders.chainrule import Chainrule
from tests.benchmarks.graders.contestant import POINTS, Grader, NotGraded
from tests.benchmarks.graders.nbgrader import NbGrader
from tests.benchmarks.graders.otter import Otter
from tests.benchmarks.graders.scripts import Script
from tests.benchmarks.process_tree import cpu_seconds
from tests.benchmarks.rounds import interleaved
from tests.benchmarks.site import Site, site

PYTHON = Path(__file__).parents[2] / ".venv-graders" / "bin" / "python"
AT_ONCE = 2
PATIENCE_SECONDS = 300.0
HANGING_SECONDS = 30.0
"""When one that hangs is given up; such as end a call or a cell by themselves have PATIENCE_SECONDS for it."""

OWN_LIMITS = frozenset({"chainrule", "nbgrader"})

Make = Callable[[], Grader]


@dataclass(frozen=True, slots=True)
class Named:
    """A contestant by its name; `make` starts one, for there are two of each at full load."""

    name: str
    make: Make


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Latency and processor time in rounds, submissions a minute with two at once, then what the two bad files get."""
    rounds = max(2, effort.rounds // 6)
    with ExitStack() as stack, site({"nn": (students.MODEL, AT_ONCE)}, slots=AT_ONCE, without=("training",)) as ours:
        started: dict[str, list[Grader]] = {}
        for one in _all(ours):
            try:
                graders = [_closed_by(stack, one.make()) for _ in range(AT_ONCE)]
            except (NotGraded, OSError) as error:
                yield Remark(f"{one.name} is left out: {error}")
                continue
            started[one.name] = graders
        yield Remark(f"peers: {rounds} rounds of {', '.join(started)}")
        yield from _one_at_a_time(started, rounds, effort)
        for name, graders in started.items():
            yield Figure(f"peers.{name}.rate", _a_minute(graders, effort.seconds), "per_minute")
        yield from _trust(started)


def _closed_by(stack: ExitStack, grader: Grader) -> Grader:
    """The grader, which is closed when the stack is: also where the one after it does not start."""
    stack.callback(grader.close)
    return grader


def _all(ours: Site) -> list[Named]:
    """Ours first. Every maker is called once for each that works at the same time."""
    free = iter(ours.students["nn"])
    return [
        Named("chainrule", lambda: Chainrule(ours.server.address, next(free))),
        Named("plain", partial(Script, "run_plain.py", PYTHON)),
        Named("gradescope-utils", partial(Script, "run_gradescope.py", PYTHON)),
        Named("otter", partial(Otter, PYTHON)),
        Named("nbgrader", partial(NbGrader, PYTHON)),
    ]


def _one_at_a_time(started: Mapping[str, list[Grader]], rounds: int, effort: Effort) -> Iterator[Figure]:
    spent: dict[str, list[float]] = {name: [] for name in started}

    def one(name: str) -> list[float]:
        before, begun = cpu_seconds(), time.perf_counter()
        points = started[name][0].grade(students.right(), PATIENCE_SECONDS)
        seconds = time.perf_counter() - begun
        spent[name].append(1000 * (cpu_seconds() - before))
        assert points == POINTS, f"{name} gave {points} of {POINTS} points to a right file"
        return [1000 * seconds]

    measured = interleaved({name: partial(one, name) for name in started}, rounds, effort.rng)
    for name, milliseconds in measured.items():
        yield Figure(f"peers.{name}.report.p50", median(milliseconds), "ms")
        yield Figure(f"peers.{name}.report.p95", percentile(milliseconds, 95), "ms")
        warm = spent[name][1:]  # the first round is thrown away, as interleaved() does
        yield Figure(f"peers.{name}.cpu.mean", sum(warm) / len(warm), "ms")


def _a_minute(graders: list[Grader], seconds: float) -> float:
    """Submissions a minute with one grader in each of two threads, at least two each."""
    source = students.right()

    def work(grader: Grader) -> int:
        done, end = 0, time.monotonic() + seconds
        while done < AT_ONCE or time.monotonic() < end:
            grader.grade(source, PATIENCE_SECONDS)
            done += 1
        return done

    begun = time.monotonic()
    with ThreadPoolExecutor(len(graders)) as pool:
        done = sum(pool.map(work, graders))
    return 60 * done / (time.monotonic() - begun)


def _trust(started: Mapping[str, list[Grader]]) -> Iterator[Figure | Remark]:
    """Points for a buggy file, for the same with the line that fools np.allclose, and for one function that hangs."""
    files = {"buggy": students.buggy(), "fooled": students.fooling(), "hanging": students.hanging()}
    for kind, source in files.items():
        for name, graders in started.items():
            begun, hangs = time.monotonic(), kind == "hanging" and name not in OWN_LIMITS
            try:
                points = graders[0].grade(source, HANGING_SECONDS if hangs else PATIENCE_SECONDS)
                yield Figure(f"peers.{name}.{kind}", points, f"of_{POINTS:.0f}_points")
            except NotGraded as error:
                yield Remark(f"peers.{name}.{kind}: no points ({error})")
            if kind == "hanging":
                yield Figure(f"peers.{name}.{kind}.seconds", time.monotonic() - begun, "s")


END_TO_END = Benchmark("peers", "from a file to its points, beside otter, nbgrader, gradescope-utils, a script", run)
