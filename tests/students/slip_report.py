"""`python -m tests.students.slip_report`: what is said of every slip of every family, alone and in pairs.

The test command grades every fortieth slip of the older families; this grades all of them.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from reference.catalog import Catalog
from tests.students.figures import Figures, together
from tests.students.reasons import reasons
from tests.students.slip_families import UNSEEN, families, name_slips, pairs_of, slips

FALSE = ("single with a false statement", "single with a second mistake")
LISTED = (*FALSE, "single accepted", "single not named", "pair with a false statement", "pair accepted")
PORTION = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade the slips and print the figures; 1 if one was accepted without a reason or told something false."""
    options = _parser().parse_args(arguments)
    total = Figures()
    asked = [(family, slug) for family in options.family or families() for slug in Catalog.builtin().slugs()]
    asked = [(family, slug) for family, slug in asked if slips(family, slug)]
    for (family, slug), figures in zip(asked, _graded(asked, options), strict=True):
        total = together([total, figures])
        print(f"{family:12} {slug:22} {line(figures)}", flush=True)
        for name in LISTED if options.all else ():
            for case in figures.cases.get(name, []):
                print(f"    {name}: {case}")
    print(f"{'together':35} {line(total)}")
    unseen = set(total.cases.get("single accepted", [])) - set(reasons(UNSEEN))
    for case in sorted(unseen):
        print(f"accepted without a reason: {case}")
    return int(bool(unseen or any(total.counts[name] for name in FALSE)))


def line(figures: Figures) -> str:
    """The counts of singles and of pairs."""
    n = figures.counts
    return (
        f"singles {n['single named']} of {n['single']} named ({figures.percent('single named', 'single'):.1f} %), "
        f"false {n[FALSE[0]]}, accepted {n['single accepted']}; "
        f"pairs both {n['pair named']}, one {n['pair one named']} of {n['pair']}, "
        f"false {n['pair with a false statement']}, accepted {n['pair accepted']}"
    )


def graded(family: str, slug: str, first: int, pairs: int, seed: str) -> Figures:
    """A portion of the singles from `first` on, and the same portion of the pairs. pairs: how many there are in all."""
    folder, found = Catalog.builtin().get(slug), slips(family, slug)
    singles = [(slip,) for slip in found]
    two = pairs_of(found, pairs)
    planted = [*singles[first : first + PORTION], *two[first : first + PORTION]]
    return name_slips(folder, planted, [seed])


def _graded(asked: Sequence[tuple[str, str]], options: argparse.Namespace) -> Iterator[Figures]:
    def portions(family: str, slug: str) -> list[tuple[str, str, int, int, str]]:
        longest = max(len(slips(family, slug)), options.pairs)
        return [(family, slug, first, options.pairs, options.seed) for first in range(0, longest, PORTION)]

    if options.jobs == 1:
        yield from (together(graded(*portion) for portion in portions(*each)) for each in asked)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        ordered = [[pool.submit(graded, *portion) for portion in portions(*each)] for each in asked]
        yield from (together(portion.result() for portion in each) for each in ordered)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.students.slip_report", description=__doc__)
    parser.add_argument("--family", action="append", help="one family; as often as wanted")
    parser.add_argument("--pairs", type=int, default=15, help="pairs of slips for each assignment of a family")
    parser.add_argument("--seed", default="public:1")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--all", action="store_true", help="list every case that is not as it should be")
    return parser


if __name__ == "__main__":
    sys.exit(main())
