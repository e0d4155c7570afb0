"""A plain cold subprocess, and gradescope-utils as a course's harness runs it: one interpreter a submission."""

import tempfile
from pathlib import Path

from tests.benchmarks.graders.contestant import installed, run

HERE = Path(__file__).parent
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}


class Script:
    """Runs a script of this folder with the student's file, in the peers' environment.

    Raises NotGraded where that is not installed.
    """

    def __init__(self, script: str, python: Path) -> None:
        self._command = (installed(python), str(HERE / script))

    def grade(self, source: str, seconds: float) -> float:
        """See Grader."""
        with tempfile.TemporaryDirectory() as folder:
            student = Path(folder) / "student.py"
            student.write_text(source)
            said = run((*self._command, str(student)), seconds, Path(folder), ENVIRONMENT)
        return float(said.split()[-1])

    def close(self) -> None:
        """See Grader."""
