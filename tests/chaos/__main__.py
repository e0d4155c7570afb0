"""`make chaos`: a campaign with its figures, one a line; it fails if anything was lost, duplicated or wrong."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.campaign import Outcome, Plan, run
from tests.chaos.engines import ENGINES, EngineMissing


def main(arguments: Sequence[str]) -> int:
    """Run the campaign that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--count", type=int, default=10_000, help="submissions (10000)")
    parser.add_argument("--engine", choices=list(ENGINES), default="sqlite", help="what delivers gradings (sqlite)")
    parser.add_argument("--seed", type=int, default=0, help="for files, disasters and their order (0)")
    parser.add_argument("--every", type=float, default=3.0, help="seconds between two disasters, on average (3)")
    parser.add_argument("--each", type=int, default=20, help="uploads let in at each disaster (20)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (2)")
    options = parser.parse_args(arguments)
    plan = Plan(options.count, options.seed, options.every, workers=options.workers, uploads_each=options.each)
    try:
        with tempfile.TemporaryDirectory() as folder:
            outcome = run(Path(folder), ENGINES[options.engine], plan)
    except EngineMissing as missing:
        parser.error(str(missing))
    print("\n".join(lines(outcome)))
    return 0 if outcome.found.clean else 1


def lines(outcome: Outcome) -> list[str]:
    """The figures."""
    found = outcome.found
    strikes = [f"{name}: {count}" for name, count in sorted(outcome.strikes.items())]
    return [
        f"submissions accepted: {outcome.accepted} in {outcome.seconds:.0f} s, "
        f"{outcome.failed_tries} tries without an answer, {outcome.replayed} answered again",
        f"disasters: {sum(outcome.strikes.values())}",
        *(f"  {strike}" for strike in strikes),
        f"gradings begun again: {outcome.events['grading.retried']}, "
        f"late results of zombies discarded: {outcome.events['grading.result_discarded']}",
        f"lost: {len(found.lost)}",
        f"duplicated: {len(found.duplicated)}",
        f"wrong: {len(found.wrong)}",
        f"stored without a 202: {len(found.unknown)}",
        *(f"  {kind}: {' '.join(ids[:5])}" for kind, ids in _examples(outcome)),
        *(f"  {one} is {fate}" for one, fate in outcome.fates.items()),
    ]


def _examples(outcome: Outcome) -> list[tuple[str, tuple[str, ...]]]:
    found = outcome.found
    kinds = {"lost": found.lost, "duplicated": found.duplicated, "wrong": found.wrong, "unknown": found.unknown}
    return [(kind, ids) for kind, ids in kinds.items() if ids]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
