"""A Python interpreter with NumPy for one job: how every peer starts one, asks it, and ends it."""

import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.softmax_job import LOGITS, PROBABILITIES, SOURCE, require_right

WORKER = Path(__file__).parent / "worker.py"

COMMAND = (sys.executable, "-I", str(WORKER))
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
"""One BLAS thread, as in our sandbox: an interpreter starts faster with it."""


class Interpreter:
    """One process for one job."""

    def __init__(self, command: Sequence[str] = COMMAND) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        )

    def ask(self) -> None:
        """Send the job and take its result. Raises RuntimeError if that is wrong or does not come."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        source = SOURCE.encode()
        try:
            self._process.stdin.write(struct.pack("<QQ", len(source), LOGITS.nbytes) + source + LOGITS.tobytes())
            self._process.stdin.flush()
            data = self._process.stdout.read(PROBABILITIES.nbytes)
        except BrokenPipeError:
            data = b""
        if len(data) != PROBABILITIES.nbytes:
            self._process.kill()
            _, said = self._process.communicate()
            raise RuntimeError(f"no answer: {said.decode('utf-8', 'replace').strip()[-300:]}")
        require_right(np.frombuffer(data).reshape(PROBABILITIES.shape))

    def close(self) -> None:
        """Wait for its end and close the pipes; one that still waits for a job finds the end of its pipe."""
        self._process.communicate()
