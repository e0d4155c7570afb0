"""The project's files with one wrong gradient, and its right files: what detection and false rejects are counted on.

Wrong: the assignment's planted mistakes and the held-out files whose fault lies in a function with a gradient check,
and single functions under bugs/ put in the place of the solution's. Whole submissions with many faults at once
(buggy/) are left out: in them nobody can say which checker saw what. Right: correct/, held_out/correct/, and single
functions under variants/. Files that only the real loader can run are left out, for peers have no loader.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import Loaded
from reference.catalog import AssignmentFolder
from reference.definitions import changed_functions
from tests.benchmarks.gradcheck.ours import SLUG, gradients
from tests.fakes.in_process import InProcessSession
from tests.students.composition import composed
from tests.students.snippets import of_source, snippets

STUDENTS = Path(__file__).parents[2] / "students" / SLUG


@dataclass(frozen=True, slots=True)
class Case:
    """One file and the function whose gradient is examined."""

    name: str
    function: str
    source: str


def bugs(assignment: AssignmentFolder, students: Path = STUDENTS) -> list[Case]:
    """Every file with one wrong gradient, by name."""
    found: list[Case] = []
    asked = set(gradients(assignment))
    for stem, source in assignment.mistakes.items():
        changed = changed_functions(source, assignment.solution)
        found += [Case(f"mistakes/{stem}", name, source) for name in sorted(changed) if changed <= asked]
    for path in sorted((students / "held_out" / "wrong").glob("*.py")):
        source = _text(path)
        said = re.search(r"At fault: (.*)", ast.get_docstring(ast.parse(source)) or "")
        blamed = set(said[1].split(", ")) if said else set()
        found += [Case(f"held_out/{path.stem}", name, source) for name in sorted(blamed) if blamed <= asked]
    found += _snippets(assignment, sorted((students / "bugs").glob("*")))
    return found


def variants(assignment: AssignmentFolder, students: Path = STUDENTS) -> list[Case]:
    """Every right file, once for each function with a gradient check that is asked for there."""
    files = [*(students / "correct").glob("*.py"), *(students / "held_out" / "correct").glob("*.py")]
    whole = [(f"{path.parent.relative_to(students)}/{path.stem}", _text(path)) for path in sorted(files)]
    found = [Case(name, function, source) for name, source in whole for function in gradients(assignment)]
    return [*found, *_snippets(assignment, [students / "variants"])]


def loads(case: Case) -> bool:
    """Whether a plain interpreter can run the file."""
    try:
        return isinstance(InProcessSession(case.source, {}).loaded, Loaded)
    except Exception:  # whatever it stumbles over
        return False


def _snippets(assignment: AssignmentFolder, folders: Iterable[Path]) -> Iterator[Case]:
    """The snippets of functions with a gradient check, each in the place of the solution's function.

    Those whose batches are columns are no case: the rest of the solution has rows.
    """
    names = [function.name for function in assignment.assignment.functions]
    solution = of_source(assignment.solution, names)
    for folder in folders:
        for snippet in snippets(folder):
            if snippet.function in gradients(assignment) and not snippet.columns:
                label = f"{folder.name}/{snippet.key}"
                yield Case(label, snippet.function, composed({**solution, snippet.function: snippet}))


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
