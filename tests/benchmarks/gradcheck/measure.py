"""The program that measures: a process of its own, in the environment of the peers, with one BLAS thread.

`python -m tests.benchmarks.gradcheck.measure` prints lines as `make bench` does; tests/benchmarks/gradients.py starts
it.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from grader.sandbox import Sandbox
from grader.sandbox.levels import AUTO, choose
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder
from tests.benchmarks.benchmark import Effort
from tests.benchmarks.figure import Figure, Remark, median, percentile
from tests.benchmarks.gradcheck import ours, suite
from tests.benchmarks.gradcheck.checkers import loaded
from tests.benchmarks.gradcheck.detection import OURS, Verdicts, caught, examined, merged
from tests.benchmarks.gradcheck.problem import Accepts
from tests.benchmarks.gradcheck.speed import SIZES, SMALL, WRONG, Bench, Timing, left_out, measured, measured_wrong
from tests.benchmarks.gradcheck.table import Row, table

CONTESTANTS_OF_OURS = ("core", "check", "piped", "part")
INSTALL = "make bench-peers"
PRECISIONS = {"float64": False, "float32": True}
SEEDS = {1: "public:1", 2: "public:2"}
"""What a peer draws from, and what our probes are drawn from, each time a case is examined."""


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sizes", nargs="*", choices=list(SIZES), default=list(SIZES))
    parser.add_argument("--cases", type=int, default=None, help="of each suite, the first so many")
    options = parser.parse_args(arguments)
    effort = Effort(options.rounds, 0.0, random.Random(options.seed))
    sandbox = choose(AUTO)  # before the peers start threads of their own
    try:
        for found in findings(sandbox, effort, options.sizes, options.cases):
            print(found.line(), flush=True)
    finally:
        sandbox.close()
    return 0


def findings(sandbox: Sandbox, effort: Effort, sizes: Sequence[str], cases: int | None) -> Iterator[Figure | Remark]:
    """Speed, detection, false rejects, then the table of all."""
    assignment = ours.folder()
    yield Remark(f"gradients: ours at the level {sandbox.level}, one BLAS thread")
    peers, lacking = loaded()
    for name, package in lacking.items():
        yield Remark(f"gradients.{name} is skipped: {package} is not installed ({INSTALL})")
    rows = {name: Row() for name in (*CONTESTANTS_OF_OURS, *peers)}
    for size in sizes:
        yield from _speed(assignment, sandbox, size, peers, effort, rows)
        if size == SMALL:
            yield from _wrong(assignment, sandbox, peers, effort, rows)
    yield from _detection(assignment, peers, cases, rows)
    for precision, single in PRECISIONS.items():
        yield from _false_rejects(assignment, peers, cases, rows, precision, single=single)
    yield from table(rows, sizes)


def _speed(
    assignment: AssignmentFolder,
    sandbox: Sandbox,
    size: str,
    peers: Mapping[str, Accepts],
    effort: Effort,
    rows: Mapping[str, Row],
) -> Iterator[Figure | Remark]:
    upload = Upload((SourceFile("student.py", assignment.solution),))
    ratios: dict[str, float] = {}
    with sandbox.open(upload, assignment.assignment.limits) as session:
        bench = Bench(assignment, assignment.solution, sandbox, session)
        for number, (rounds, timing) in enumerate(measured(bench, size, peers, effort)):
            names = [name for name in timing.seconds if number == 0 or name in peers]
            if number > 0:
                yield Remark(f"gradients: {', '.join(names)} at {size} in {rounds} rounds only, for many forwards")
            for name in names:
                yield from _times(name, size, timing, rows)
            for name in (name for name in names if name in peers):
                yield from _ratios(name, size, timing, rows)
                ratios[name] = rows[name].to_core[size]
    if ratios:
        yield Figure(f"gradients.quickest_peer_to_core.{size}", min(ratios.values()), "times")
    for name in left_out(size, peers):
        yield Remark(f"gradients.{name}.{size} is left out: it would run the loss too often")


def _wrong(
    assignment: AssignmentFolder,
    sandbox: Sandbox,
    peers: Mapping[str, Accepts],
    effort: Effort,
    rows: Mapping[str, Row],
) -> Iterator[Figure | Remark]:
    source = assignment.mistakes[WRONG]
    with sandbox.open(Upload((SourceFile("student.py", source),)), assignment.assignment.limits) as session:
        timing = measured_wrong(Bench(assignment, source, sandbox, session), peers, effort)
    for name, samples in timing.seconds.items():
        rows[name].wrong_ms = 1000.0 * median(samples)
        yield from _figures(f"gradients.{name}.wrong", samples)
        if any(timing.accepted[name]):
            yield Remark(f"gradients.{name} accepts wrong code")


def _figures(prefix: str, samples: Sequence[float]) -> Iterator[Figure]:
    for statistic, percent in (("least", 0), ("median", 50), ("p95", 95)):
        yield Figure(f"{prefix}.{statistic}", 1000.0 * percentile(samples, percent), "ms")


def _times(name: str, size: str, timing: Timing, rows: Mapping[str, Row]) -> Iterator[Figure | Remark]:
    samples = timing.seconds[name]
    yield from _figures(f"gradients.{name}.{size}", samples)
    rows[name].milliseconds[size] = 1000.0 * median(samples)
    verdicts = timing.accepted[name]
    if not all(verdicts):
        yield Remark(f"gradients.{name} rejects right code at {size}: {verdicts.count(False)} times of {len(verdicts)}")


def _ratios(name: str, size: str, timing: Timing, rows: Mapping[str, Row]) -> Iterator[Figure]:
    row = rows[name]
    for ratios, own in ((row.to_core, "core"), (row.to_check, "check")):
        ratios[size] = median(timing.seconds[name]) / median(timing.seconds[own])
        yield Figure(f"gradients.{name}_to_{own}.{size}", ratios[size], "times")


def _detection(
    assignment: AssignmentFolder, peers: Mapping[str, Accepts], cases: int | None, rows: Mapping[str, Row]
) -> Iterator[Figure | Remark]:
    verdicts, left = _examined(assignment, suite.bugs(assignment)[:cases], peers, any, single=False)
    yield from left
    yield Figure("gradients.bugs", len(verdicts), "bugs")
    missed = {each.case.name for each in verdicts if each.accepted["part"]}
    for name in (*OURS, *peers):
        found = caught(verdicts, name)
        rows[name].caught = f"{len(found)}/{len(verdicts)}"
        yield Figure(f"gradients.{name}.caught", len(found), "bugs")
    only_peers = sorted(missed & {bug for name in peers for bug in caught(verdicts, name)})
    yield Figure("gradients.caught_by_a_peer_only", len(only_peers), "bugs")
    yield from (Remark(f"gradients: a peer catches what we miss: {bug}") for bug in only_peers)
    yield from (Remark(f"gradients: nobody catches {bug}") for bug in sorted(missed - set(only_peers)))
    for each in verdicts:
        blind = [name for name in peers if each.accepted[name]]
        if blind and not each.accepted["part"]:
            yield Remark(f"gradients: {each.case.name} is caught by ours and missed by {', '.join(blind)}")


def _false_rejects(
    assignment: AssignmentFolder,
    peers: Mapping[str, Accepts],
    cases: int | None,
    rows: Mapping[str, Row],
    precision: str,
    *,
    single: bool,
) -> Iterator[Figure | Remark]:
    verdicts, left = _examined(assignment, suite.variants(assignment)[:cases], peers, all, single=single)
    if not single:
        yield from left
        # A file that rounds to float32 by itself is no float64 code: it is counted where all are given float32.
        yield from (Remark(f"gradients: {v.case.name} counts as float32 alone") for v in verdicts if not v.precise)
        verdicts = [each for each in verdicts if each.precise]
    yield Figure(f"gradients.right.{precision}", len(verdicts), "gradients")
    for name in (*OURS, *peers):
        rejected = caught(verdicts, name)
        share = f"{len(rejected)}/{len(verdicts)}"
        if single:
            rows[name].rejected_single = share
        else:
            rows[name].rejected = share
        yield Figure(f"gradients.{name}.false_rejects.{precision}", len(rejected), "gradients")
        if name in OURS:
            yield from (Remark(f"gradients: {name} rejects right code, {precision}: {each}") for each in rejected)


def _examined(
    assignment: AssignmentFolder,
    cases: Sequence[suite.Case],
    peers: Mapping[str, Accepts],
    accepted: Callable[[Iterable[bool]], bool],
    *,
    single: bool,
) -> tuple[list[Verdicts], list[Remark]]:
    """The verdicts over all seeds, and remarks on what could not be examined. accepted: how seeds are put together."""
    verdicts, left = [], []
    for case in cases:
        if not suite.loads(case):
            left.append(Remark(f"gradients: {case.name} is left out: only the real loader can run it"))
            continue
        found = [
            examined(assignment, case, peers, seed=seed, number=number, single=single) for number, seed in SEEDS.items()
        ]
        reasons = [each for each in found if isinstance(each, str)]
        if reasons:
            left.append(Remark(f"gradients: {case.name} is left out for {case.function}: {reasons[0]}"))
        else:
            verdicts.append(merged([each for each in found if isinstance(each, Verdicts)], accepted))
    return verdicts, left


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
