"""The sandbox against what others do: from the request to the first result, jobs a second, processor time of a job.

The job is softmax_job.py: a small file and an (8, 10) float64 array in, its softmax out, checked. "first" is the time
from the request (`Sandbox.open`, or the start of a peer's process) to the result in the supervisor's hands:

- Every variant once in each round, in an order drawn anew; before each measurement everything below this process has
  come to rest. So for `spare` a spare is ready, as it is when a student uploads to an idle service, and for `warm_pool`
  a process that has loaded NumPy. What it costs to make the next one ready is not in "first": it is in the figures at
  full load, which count the processor time of everything that was started.
- `back_to_back` is `spare` without the rest: a session opened the moment the one before it is closed, as one grading
  opens them one after the other. The first of a burst is left out, because it had its spare.
- `on_demand` never has a spare: what a session costs if more are opened at once than spares wait.
- Ours is at the strongest level that the machine proves, which a remark names.
- Peers run one BLAS thread, speak a leaner protocol, and check and limit nothing: each is measured at its best.
- `least` is what the machine can do when nothing else disturbs it; only `median` and `p95` are promised.
- Ratios are those of medians, over the same rounds; more than 1 is in our favour.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.contestants import CONTESTANTS, OURS, PEERS, started
from tests.benchmarks.figure import Figure, Remark, median, percentile
from tests.benchmarks.freed import freed
from tests.benchmarks.full_load import Load, at_full_load, together
from tests.benchmarks.our_sandbox import strongest_level
from tests.benchmarks.peers.cold import why_not_bubblewrap
from tests.benchmarks.process_tree import rest
from tests.benchmarks.rounds import Measure, interleaved, shuffled
from tests.benchmarks.softmax_job import Contestant

BURST = 5
RUNS = 3
"""Runs at full load that share the seconds, so that a minute in which others work falls on all alike."""

PROMISED_MS = {"spare.first.median": 1.0, "spare.first.p95": 3.0, "on_demand.first.median": 5.0}
PROMISED_JOBS_PER_SECOND = 300.0
PROMISED_CPU_MS = 6.0


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Latency in rounds first, then full load in rounds."""
    level = strongest_level()
    yield Remark(f"sandbox: ours at the level {level}")
    names = list(CONTESTANTS)
    reason = why_not_bubblewrap()
    if reason is not None:
        names.remove("bubblewrap")
        yield Remark(f"sandbox.bubblewrap is skipped: {reason}")
    working = {name: started(name, level) for name in names}
    unrested = 0

    def wait() -> None:
        nonlocal unrested
        unrested += not rest()

    try:
        samples = interleaved(_measures(working), effort.rounds, effort.rng, wait)
    finally:
        for contestant in working.values():
            contestant.close()
    if unrested:
        yield Remark(f"sandbox: {unrested} measurements began before everything was at rest")
    yield from _first(samples)
    runs: dict[str, list[Load]] = {name: [] for name in names}
    count = max(1, min(RUNS, int(effort.seconds)))  # of a second at least
    for _, name in shuffled(names, count, effort.rng):
        runs[name].append(at_full_load(name, level, effort.seconds / count))
    loads = {name: together(runs[name]) for name in names}
    for name, load in loads.items():
        yield from _load(name, load)
    yield from _ratios(samples, loads)
    yield from freed(level, effort)


def _measures(working: Mapping[str, Contestant]) -> dict[str, Measure]:
    measures: dict[str, Measure] = {name: partial(_sessions, contestant, 1) for name, contestant in working.items()}
    measures["back_to_back"] = lambda: _sessions(working["spare"], BURST)[1:]
    return measures


def _sessions(contestant: Contestant, count: int) -> list[float]:
    return [contestant.one() for _ in range(count)]


def _first(samples: Mapping[str, list[float]]) -> Iterator[Figure]:
    for name, seconds in samples.items():
        for statistic, value in (
            ("least", percentile(seconds, 0)),
            ("median", median(seconds)),
            ("p95", percentile(seconds, 95)),
        ):
            key = f"{name}.first.{statistic}"
            yield Figure(f"sandbox.{key}", 1000.0 * value, "ms", at_most=PROMISED_MS.get(key))


def _load(name: str, load: Load) -> Iterator[Figure]:
    ours = name == "spare"
    yield Figure(
        f"sandbox.{name}.load",
        load.jobs_per_second,
        "jobs/s",
        at_least=PROMISED_JOBS_PER_SECOND if ours else None,
    )
    yield Figure(f"sandbox.{name}.cpu", load.cpu_ms, "ms/job", at_most=PROMISED_CPU_MS if ours else None)


def _ratios(samples: Mapping[str, list[float]], loads: Mapping[str, Load]) -> Iterator[Figure]:
    ours = loads["spare"]
    for peer in PEERS:
        if peer in samples:
            for variant in OURS:
                ratio = median(samples[peer]) / median(samples[variant])
                yield Figure(f"sandbox.{peer}_to_{variant}.first", ratio, "times")
            yield Figure(f"sandbox.spare_to_{peer}.load", ours.jobs_per_second / loads[peer].jobs_per_second, "times")
            yield Figure(f"sandbox.{peer}_to_spare.cpu", loads[peer].cpu_ms / ours.cpu_ms, "times")


SANDBOX = Benchmark("sandbox", "first result, throughput and processor time against cold, bubblewrap, warm pool", run)
