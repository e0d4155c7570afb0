"""otter-grader 7: `otter run` on a notebook with the student's file in its one cell."""

import json
import shutil
import tempfile
from pathlib import Path

from tests.benchmarks.graders.cases import CASES
from tests.benchmarks.graders.contestant import NotGraded, installed, run
from tests.benchmarks.graders.notebook import code_cell, notebook
from tests.benchmarks.graders.scripts import ENVIRONMENT, HERE

TEST = """
OK_FORMAT = False

from otter.test_files import test_case

name = "{name}"
points = {points}

{cases}

@test_case(points={points})
def test_{name}(env):
    check_{name}(env)
"""


class Otter:
    """An assignment made once with `otter generate`, and one `otter run` a submission.

    Raises NotGraded where it is not installed or does not make the assignment.
    """

    def __init__(self, python: Path) -> None:
        self._otter = installed(python.parent / "otter")
        self._home = Path(tempfile.mkdtemp())
        self._environment = {**ENVIRONMENT, "PATH": f"{python.parent}:/usr/bin:/bin", "HOME": str(self._home)}
        tests = self._home / "tests"
        tests.mkdir()
        cases = (HERE / "cases.py").read_text()
        for name, points in CASES.items():
            (tests / f"{name}.py").write_text(TEST.format(name=name, points=points, cases=cases))
        made = (self._otter, "generate", "-t", str(tests), "-o", "autograder.zip", "--no-environment")
        try:
            run(made, 120.0, self._home, self._environment)
        except NotGraded:
            self.close()
            raise

    def grade(self, source: str, seconds: float) -> float:
        """See Grader."""
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "student.ipynb").write_text(notebook([code_cell("student", source)]))
            zipped = str(self._home / "autograder.zip")
            run((self._otter, "run", "-a", zipped, "student.ipynb"), seconds, place, self._environment)
            results = place / "results.json"
            if not results.exists():
                raise NotGraded("no results.json")
            return float(sum(test["score"] for test in json.loads(results.read_text())["tests"] if "score" in test))

    def close(self) -> None:
        """See Grader."""
        shutil.rmtree(self._home)
