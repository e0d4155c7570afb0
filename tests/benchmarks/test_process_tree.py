"""Processor time is counted with that of children and of orphans, and rest is seen."""

import subprocess
import sys

from tests.benchmarks.machine import busy_seconds
from tests.benchmarks.process_tree import cpu_seconds, rest

BURN = "import time\nwhile time.process_time() < 0.3: pass\n"

ORPHAN = f"""
import os, subprocess, sys
from tests.benchmarks.process_tree import adopt_orphans, cpu_seconds
adopt_orphans()
before = cpu_seconds()
leaves = "import subprocess, sys; subprocess.Popen([sys.executable, '-Sc', sys.argv[1]])"
subprocess.run([sys.executable, "-c", leaves, {BURN!r}], check=True)
os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
print(cpu_seconds() - before)
"""


def test_the_time_of_a_child_that_ended_is_counted() -> None:
    before, busy = cpu_seconds(), busy_seconds()
    subprocess.run([sys.executable, "-Sc", BURN], check=True)

    assert cpu_seconds() - before >= 0.25
    assert busy_seconds() - busy >= 0.25


def test_the_time_of_an_orphan_is_counted() -> None:
    ended = subprocess.run([sys.executable, "-c", ORPHAN], check=True, capture_output=True, text=True, timeout=60)

    assert float(ended.stdout) >= 0.25


def test_a_child_that_sleeps_is_at_rest_and_one_that_works_is_not() -> None:
    for script, rests in (("print(1, flush=True); input()", True), ("print(1, flush=True)\nwhile True: pass", False)):
        child = subprocess.Popen([sys.executable, "-Sc", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            assert child.stdout is not None
            child.stdout.readline()
            assert rest(20.0 if rests else 0.2) is rests
        finally:
            child.kill()
            child.communicate()
