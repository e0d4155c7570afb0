"""`make bench`: measure, and print one line a figure: name, value, unit. Lines that begin with # are for people."""

import argparse
import random
import sys
import time
from collections.abc import Sequence

from tests.benchmarks import machine
from tests.benchmarks.benchmark import Effort
from tests.benchmarks.catalogue import BENCHMARKS
from tests.benchmarks.figure import Figure, Remark
from tests.benchmarks.process_tree import adopt_orphans, cpu_seconds


def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks that are named, or all."""
    known = "\n".join(f"  {benchmark.name:<12} {benchmark.about}" for benchmark in BENCHMARKS.values())
    parser = argparse.ArgumentParser(
        prog="make bench", epilog=f"benchmarks:\n{known}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="BENCHMARK", choices=[[], *BENCHMARKS], help="all if none is named")
    parser.add_argument("--rounds", type=int, default=60, help="of every variant, interleaved (60)")
    parser.add_argument("--seconds", type=float, default=6.0, help="for every contestant at full load (6)")
    parser.add_argument("--scale", type=float, default=1.0, help="of what is replayed in real time (1, the whole)")
    parser.add_argument("--seed", type=int, default=0, help="for the order within the rounds (0)")
    options = parser.parse_args(arguments)
    effort = Effort(options.rounds, options.seconds, random.Random(options.seed), options.scale)
    _say(Remark(machine.description()))
    adopt_orphans()
    begun, busy, own = time.monotonic(), machine.busy_seconds(), cpu_seconds()
    figures: list[Figure] = []
    for name in options.names or BENCHMARKS:
        for found in BENCHMARKS[name].run(effort):
            _say(found)
            if isinstance(found, Figure):
                figures.append(found)
    seconds = time.monotonic() - begun
    others = max(0.0, machine.busy_seconds() - busy - (cpu_seconds() - own))
    _say(Remark(f"took {seconds:.0f} s, in which other processes kept {others / seconds:.1f} cores busy"))
    for figure in figures:
        if figure.held() is not None:
            _say(Remark(f"{'held' if figure.held() else 'MISSED'}: {figure.line()}, promised {figure.promise()}"))
    return 0


def _say(found: Figure | Remark) -> None:
    print(found.line(), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
