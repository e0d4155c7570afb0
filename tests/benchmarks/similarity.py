"""Time of a comparison of a whole class: 500 pieces of work, made of the solution and its planted mistakes.

Each has a body drawn of lines of its own between functions in an order of its own, as long as a student's file.
"""

import random
import re
import time
from collections.abc import Iterator, Mapping, Sequence

from app.similarity.pairs import compare
from reference.catalog import AssignmentFolder, Catalog
from tests.benchmarks.benchmark import Benchmark, Effort
from tests.benchmarks.figure import Figure, Remark, median

MODEL = "ece421-numpy-nn"
STUDENTS = 500
OWN_LINES = 60
MOST_SECONDS = 10.0
BLOCK = re.compile(r"^(?=def |class )", re.MULTILINE)
OPERATORS = "+ - * / @ % ** < > == and or".split()


def run(effort: Effort) -> Iterator[Figure | Remark]:
    """Compare the class, and one twice as large: the work grows with the class and not with its square."""
    folder = Catalog.builtin().get(MODEL)
    for students in (STUDENTS, 2 * STUDENTS):
        works = class_of(folder, students, effort.rng)
        seconds = []
        for _ in range(max(3, effort.rounds // 10)):
            begun = time.perf_counter()
            found = compare(works, [folder.starter])
            seconds.append(time.perf_counter() - begun)
        most = MOST_SECONDS * students / STUDENTS
        yield Figure(f"similarity.class_of_{students}.median", median(seconds), "s", at_most=most)
        yield Remark(f"{found.compared} pieces of work, {len(found.pairs)} pairs listed")


def class_of(folder: AssignmentFolder, students: int, rng: random.Random) -> Mapping[str, Sequence[str]]:
    """The work of so many students."""
    bases = [folder.solution, *folder.mistakes.values()]
    return {f"s{number}": [_work(rng.choice(bases), rng)] for number in range(students)}


def _work(base: str, rng: random.Random) -> str:
    head, *blocks = BLOCK.split(base)
    rng.shuffle(blocks)
    own = (f"x = y {rng.choice(OPERATORS)} f(z {rng.choice(OPERATORS)} 2)\n" for _ in range(OWN_LINES))
    return head + "".join(blocks) + "".join(own)


SIMILARITY = Benchmark("similarity", "comparing the work of a class of 500, and of 1000", run)
