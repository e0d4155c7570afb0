"""The benchmark of the sandbox runs from its command and prints what it should; what it measures is no test."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.contestants import CONTESTANTS
from tests.benchmarks.peers.cold import why_not_bubblewrap
from tests.benchmarks.sandbox import PROMISED_MS
from tests.benchmarks.softmax_job import PROBABILITIES, require_right

ROOT = Path(__file__).parent.parent.parent
MOST = ("median", "most")


def test_two_rounds_print_every_figure_in_one_form() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "sandbox", "--rounds", "2", "--seconds", "0.1"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert ended.returncode == 0, ended.stderr
    lines = [line for line in ended.stdout.splitlines() if not line.startswith("# ")]
    assert all(re.fullmatch(r"sandbox\.[a-z_.0-9]+ \d[\d.e+-]* (ms|jobs/s|ms/job|times)", line) for line in lines), (
        lines
    )
    names = {line.split()[0] for line in lines}
    measured = set(CONTESTANTS) - ({"bubblewrap"} if why_not_bubblewrap() else set())
    figures = ("first.least", "first.median", "first.p95", "load", "cpu")
    assert {f"sandbox.{name}.{figure}" for name in measured for figure in figures} <= names
    assert {"sandbox.back_to_back.first.median", "sandbox.cold_to_spare.first", "sandbox.spare_to_cold.load"} <= names
    assert len(names) == len(lines)
    assert {f"sandbox.{name}" for name in PROMISED_MS} <= names
    freed = {f"sandbox.freed.{job}.{most}" for job in ("hang", "sleep", "fork", "flood", "eat") for most in MOST}
    assert freed <= names
    assert ended.stdout.count("promised") == len(PROMISED_MS) + 2 + len(freed)
    assert ("sandbox.bubblewrap is skipped: bwrap" in ended.stdout) is ("bubblewrap" not in measured)


def test_an_unknown_benchmark_is_refused() -> None:
    command = [sys.executable, "-m", "tests.benchmarks", "nothing"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert ended.returncode == 2
    assert "choose from" in ended.stderr


@pytest.mark.parametrize("result", [None, PROBABILITIES.T, PROBABILITIES + 1e-9, PROBABILITIES * np.nan])
def test_a_wrong_answer_is_no_measurement(result: object) -> None:
    require_right(PROBABILITIES.copy())
    with pytest.raises(RuntimeError):
        require_right(result)
