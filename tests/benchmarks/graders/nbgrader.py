"""nbgrader: `nbgrader autograde` of one submission of one student, in a course with one assignment."""

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.graders.cases import CASES
from tests.benchmarks.graders.contestant import NotGraded, installed, run
from tests.benchmarks.graders.notebook import code_cell, notebook
from tests.benchmarks.graders.scripts import ENVIRONMENT, HERE

ASSIGNMENT, STUDENT = "one", "ada"
POINTS = """
select sum(coalesce(grade.auto_score, 0)) from grade
join submitted_notebook on submitted_notebook.id = grade.notebook_id
"""


class NbGrader:
    """A course made once with `nbgrader generate_assignment`, and one forced `nbgrader autograde` a submission.

    Raises NotGraded where it is not installed or does not make the course.
    """

    def __init__(self, python: Path) -> None:
        self._nbgrader = installed(python.parent / "nbgrader")
        self._course = Path(tempfile.mkdtemp())
        self._environment = {**ENVIRONMENT, "PATH": f"{python.parent}:/usr/bin:/bin", "HOME": str(self._course)}
        (self._course / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.root = {str(self._course)!r}\nc.CourseDirectory.course_id = 'nn'\n"
        )
        source = self._course / "source" / ASSIGNMENT
        source.mkdir(parents=True)
        (source / "problem.ipynb").write_text(notebook(_cells("# YOUR CODE HERE\n")))
        try:
            self._run("generate_assignment", ASSIGNMENT, "--create", seconds=120.0)
        except NotGraded:
            self.close()
            raise

    def grade(self, source: str, seconds: float) -> float:
        """See Grader."""
        handed_in = self._course / "submitted" / STUDENT / ASSIGNMENT
        handed_in.mkdir(parents=True, exist_ok=True)
        (handed_in / "problem.ipynb").write_text(notebook(_cells(source)))
        self._run("autograde", ASSIGNMENT, "--student", STUDENT, "--create", "--force", seconds=seconds)
        rows = sqlite3.connect(self._course / "gradebook.db")
        try:
            (points,) = rows.execute(POINTS).fetchone()
        finally:
            rows.close()
        if points is None:
            raise NotGraded("no grade in the gradebook")
        return float(points)

    def close(self) -> None:
        """See Grader."""
        shutil.rmtree(self._course)

    def _run(self, *arguments: str, seconds: float) -> None:
        run((self._nbgrader, *arguments), seconds, self._course, self._environment)


def _cells(solution: str) -> list[dict[str, Any]]:
    """The student's cell, and a locked cell for each test with the tests' source: it runs in the same kernel."""
    cases = (HERE / "cases.py").read_text()
    answer = {
        "grade": False,
        "grade_id": "answer",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    cells = [code_cell("answer", solution, {"nbgrader": answer})]
    for name, points in CASES.items():
        asked = {
            "grade": True,
            "grade_id": name.replace("_", "-"),
            "locked": True,
            "points": points,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
        test = f"{cases}\n\ncheck_{name}(globals())\n"
        cells.append(code_cell(name.replace("_", "-"), test, {"nbgrader": asked}))
    return cells
