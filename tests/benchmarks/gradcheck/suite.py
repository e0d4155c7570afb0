"""The project's files with one wrong gradient, and its right files: what detection and false rejects are counted on.

Wrong: the assignment's planted mistakes and the held-out files whose fault lies in a function with a gradient check,
and single functions under bugs/ put in the place of the solution's. Whole submissions with many faults at once
(buggy/) are left out: in them nobody can say which checker saw what. Right: correct/, held_out/correct/, and single
functions under variants/. Files that only the real loader can run are left out, for peers have no loader.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import Loaded
from reference.catalog import AssignmentFolder
from reference.definitions import changed_functions
from tests.benchmarks.gradcheck.ours import SLUG, gradients
from tests.fakes.in_process import InProcessSession

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
    found += _snippets(assignment, students, "bugs/*")
    return found


def variants(assignment: AssignmentFolder, students: Path = STUDENTS) -> list[Case]:
    """Every right file, once for each function with a gradient check that is asked for there."""
    files = [*(students / "correct").glob("*.py"), *(students / "held_out" / "correct").glob("*.py")]
    whole = [(f"{path.parent.relative_to(students)}/{path.stem}", _text(path)) for path in sorted(files)]
    found = [Case(name, function, source) for name, source in whole for function in gradients(assignment)]
    return [*found, *_snippets(assignment, students, "variants")]


def loads(case: Case) -> bool:
    """Whether a plain interpreter can run the file."""
    try:
        return isinstance(InProcessSession(case.source, {}).loaded, Loaded)
    except Exception:  # whatever it stumbles over
        return False


def _snippets(assignment: AssignmentFolder, students: Path, folders: str) -> Iterator[Case]:
    for name in gradients(assignment):
        for path in sorted(students.glob(f"{folders}/{name}/*.py")):
            label = f"{path.parent.parent.relative_to(students)}/{name}/{path.stem}"
            yield Case(label, name, in_solution(assignment.solution, name, _text(path)))


def in_solution(solution: str, function: str, snippet: str) -> str:
    """The solution with one function exchanged for a snippet, which stands last and may call the others."""
    tree = ast.parse(solution)
    kept = [node for node in tree.body if not (isinstance(node, ast.FunctionDef) and node.name == function)]
    return ast.unparse(ast.Module(kept, [])) + "\n\n\n" + snippet


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")
