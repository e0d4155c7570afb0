"""`python -m tests.students.report`: how often right code is accepted, mutants rejected, and mistakes named truthfully.

Every figure is a count over files of ours that run without a sandbox, in as many processes as there are cores.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import Any

from tests.students.campaign import Suite, accept, mutate, name_pairs, name_singles, pairs_of
from tests.students.figures import Figures, together

SHOWN = 25
"""Cases listed of each kind that should not be."""

LISTED = ("rejected", "survivors", "claims contradicted")

SO_FAR = (
    "right files",
    "rejected",
    "changed mutants x seeds",
    "survivors",
    "single",
    "pair",
    "single accepted",
    "pair accepted",
)
"""Counts told while the campaigns run."""

Job = tuple[Callable[..., Figures], tuple[Any, ...]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaigns and print their figures; 1 if right code was rejected or an unexplained mutant accepted."""
    options = _parser().parse_args(arguments)
    started = time.monotonic()
    suite = _suite(options.slug)
    print(f"{options.slug}: {len(suite.variants)} right implementations of {len(suite.functions)} functions")
    figures = _run(jobs(suite, options), options)
    _print(figures, options)
    for family in suite.families():
        _print_family(family, _run(family_jobs(suite, family, options), options), options)
    print(f"{time.monotonic() - started:.0f} s")
    return int(bool(figures.counts["rejected"] or figures.counts["survivors"]))


def jobs(suite: Suite, options: argparse.Namespace) -> list[Job]:
    """Right files in portions, and the mutants of each snippet."""
    portion = max(1, min(500, options.files))
    accepted = [(accept, (n, min(n + portion, options.files))) for n in range(0, options.files, portion)]
    if not options.mutants:
        return list(accepted)
    origins = suite.variants[:: options.origins]
    return [*accepted, *((mutate, ([origin], options.mutants, options.mutant_seeds)) for origin in origins)]


def family_jobs(suite: Suite, family: str, options: argparse.Namespace) -> list[Job]:
    """The mistakes of one family alone, in pairs, and among right variants of the other functions."""
    bugs = suite.bugs(family)
    seeds = [f"public:{n}" for n in range(options.seeds)]
    pairs = pairs_of(bugs)[: options.pairs]
    return [
        *((name_singles, (bugs[n : n + 10], seeds, True)) for n in range(0, len(bugs), 10)),
        *((name_pairs, (pairs[n : n + 50], "public:1")) for n in range(0, len(pairs), 50)),
    ]


def _run(todo: Sequence[Job], options: argparse.Namespace) -> Figures:
    """All portions together; what is known so far goes to stderr, as the whole takes hours."""
    total = Figures()
    for number, figures in enumerate(_portions(todo, options), 1):
        total = together([total, figures])
        known = ", ".join(f"{name} {total.counts[name]}" for name in SO_FAR if total.counts[name])
        print(f"{number} of {len(todo)} portions: {known}", file=sys.stderr, flush=True)
    return total


def _portions(todo: Sequence[Job], options: argparse.Namespace) -> Iterator[Figures]:
    if options.jobs == 1:
        yield from (_job(options.slug, job) for job in todo)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        yield from (done.result() for done in [pool.submit(_job, options.slug, job) for job in todo])


def _job(slug: str, job: Job) -> Figures:
    run, arguments = job
    return run(_suite(slug), *arguments)


@lru_cache(maxsize=1)
def _suite(slug: str) -> Suite:
    """The suite, read once in each process."""
    return Suite.of(slug)


def _print(figures: Figures, options: argparse.Namespace) -> None:
    n = figures.counts
    named = figures.percent("mutants named", "changed mutants")
    contradicted = figures.percent("claims contradicted", "claims")
    print(f"right files x seeds {n['right files']:7}   rejected {n['rejected']}, flagged for a person {n['flagged']}")
    print(f"mutants             {n['mutants']:7}   behave otherwise {n['changed mutants']}")
    print(f"  of these x seeds  {n['changed mutants x seeds']:7}   accepted {n['survivors x seeds']}")
    print(f"  accepted on any   {n['survivors']:7}   and explained {n['survivors explained']}")
    print(f"  told a cause      {named:7.1f} %")
    print(f"  claims checked    {n['claims']:7}   contradicted on fresh probes {contradicted:.2f} %")
    for name in LISTED:
        _list(name, figures, options.all)


def _print_family(family: str, figures: Figures, options: argparse.Namespace) -> None:
    print(f"\nfamily {family}")
    for kind in ("single", "pair in one", "pair"):
        if figures.counts[kind]:
            print(
                f"  {kind:12} {figures.counts[kind]:6}   accepted {figures.counts[f'{kind} accepted']}, "
                f"named {figures.percent(f'{kind} named', kind):.1f} %, "
                f"one named {figures.percent(f'{kind} one named', kind):.1f} %, "
                f"false statement in {figures.percent(f'{kind} with a false statement', kind):.2f} %"
            )
            for name in (f"{kind} accepted", f"{kind} with a false statement"):
                _list(name, figures, options.all)
            if options.all:
                _list(f"{kind} not named", figures, options.all)


def _list(name: str, figures: Figures, everything: bool) -> None:
    cases = sorted(set(figures.cases.get(name, [])))
    for case in cases if everything else cases[:SHOWN]:
        print(f"    {name}: {case}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.students.report", description=__doc__)
    parser.add_argument("--slug", default="ece421-numpy-nn")
    parser.add_argument("--files", type=int, default=100_000, help="right files, each on a seed of its own")
    parser.add_argument("--mutants", type=int, default=1, help="take every nth mutant; 0 takes none")
    parser.add_argument("--mutant-seeds", type=int, default=8, help="seeds for each mutant")
    parser.add_argument("--origins", type=int, default=1, help="take mutants of every nth snippet")
    parser.add_argument("--seeds", type=int, default=5, help="seeds for each mistake")
    parser.add_argument("--pairs", type=int, default=1500, help="pairs of mistakes in different functions")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--all", action="store_true", help="list every case")
    return parser


if __name__ == "__main__":
    sys.exit(main())
