"""Every shipped assignment: seconds of one grading, of solution and starter, with and without training.

One grading after another in the strongest sandbox that the machine proves, the assignments interleaved. A grading with
training takes seconds, so it is measured in one round of twenty.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial

from grader.audit.training import trainings, untrained
from grader.grade import grade
from grader.sandbox.levels import choose
from grader.upload import SourceFile, Upload
from reference.catalog import AssignmentFolder, Catalog
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, median
from tests.benchmarks.rounds import Measure, interleaved

PROMISED_MS = 150.0
PROMISED_TRAINING_MS = 15_000.0
ROUNDS_A_TRAINING = 20


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Without training first, in rounds; then with."""
    catalog = Catalog.builtin()
    folders = [catalog.get(slug) for slug in catalog.slugs()]
    with closing(choose("auto")) as sandbox:
        yield Remark(f"assignments: in our sandbox at the level {sandbox.level}")

        def took(folder: AssignmentFolder, source: str) -> list[float]:
            begun = time.perf_counter()
            grade(folder, Upload((SourceFile("student.py", source),)), sandbox, "public:1")
            return [1000 * (time.perf_counter() - begun)]

        for trained, rounds in ((False, effort.rounds), (True, max(1, effort.rounds // ROUNDS_A_TRAINING))):
            measured: dict[str, Measure] = {}
            for folder in folders:
                if trained and not trainings(folder):
                    continue
                asked = folder if trained else untrained(folder)
                for which, source in (("solution", folder.solution), ("starter", folder.starter)):
                    measured[f"{folder.assignment.slug}.{which}"] = partial(took, asked, source)
            promised = PROMISED_TRAINING_MS if trained else PROMISED_MS
            for name, found in interleaved(measured, rounds, effort.rng).items():
                kind = "trained" if trained else "untrained"
                yield Figure(f"assignments.{name}.{kind}.median", median(found), "ms", at_most=promised)


ASSIGNMENTS = Benchmark("assignments", "seconds of a grading, by assignment", run)
