"""A process that stands back takes its session along, and the sessions of its children."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox.standing_back import take_along

NICEST = 19  # more than that no process stands back
PROGRAM = """
import subprocess, sys
from pathlib import Path
from grader.sandbox.standing_back import stand_back, take_along
stand_back({niceness})
child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
before = Path("/proc", str(child.pid), "autogroup").read_text()
take_along(child.pid)
after = Path("/proc", str(child.pid), "autogroup").read_text()
child.communicate(b"\\n")
print(Path("/proc/self/autogroup").read_text(), before, after)
"""
NUMBER = "import os; from grader.sandbox.standing_back import stand_back; stand_back({niceness}); print(os.nice(0))"


def said(program: str) -> list[str]:
    """What a process in a session of its own prints."""
    root = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=root, start_new_session=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_process_is_nicer_by_so_much() -> None:
    before = int(said(NUMBER.format(niceness=0))[0])

    assert int(said(NUMBER.format(niceness=7))[0]) == min(before + 7, NICEST)


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="this kernel has no autogroups")
def test_the_session_of_a_child_is_as_nice() -> None:
    words = said(PROGRAM.format(niceness=7))
    own, before, after = (int(words[place]) for place in (2, 5, 8))

    assert before == 0
    assert own == after == int(said(NUMBER.format(niceness=7))[0])


def test_without_autogroups_nothing_is_said() -> None:
    take_along(2**22 + 1)  # no process has this id: as on a kernel without the file
