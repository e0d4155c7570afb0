"""What is compared: something that grades one file after another, each in a process of its own, and gives points."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tests.service.processes import below

POINTS = 85.0


class NotGraded(Exception):
    """No points came out in the time that was given."""


class Grader(Protocol):
    """A contestant, ready to grade."""

    def grade(self, source: str, seconds: float) -> float:
        """Points of POINTS. Raises NotGraded where none come, or not in so many seconds."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


def installed(program: Path) -> str:
    """The program's path as text. Raises NotGraded where it is not there."""
    if not program.exists():
        raise NotGraded(f"{program.name} is not installed (make bench-graders)")
    return str(program)


def run(command: Sequence[str], seconds: float, folder: Path, environment: Mapping[str, str]) -> str:
    """What a command prints; it and everything it started are ended after so many seconds. Raises NotGraded."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said, complained = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process.pid)
            process.communicate()
            raise NotGraded(f"nothing after {seconds:.0f} s") from None
    if process.returncode != 0:
        raise NotGraded(f"exit code {process.returncode}: {(complained or said).strip()[-300:]}")
    return said


def _end(top: int) -> None:
    """SIGKILL to a process and all below it: kernels of notebooks are in sessions of their own."""
    for pid in (top, *below(top)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
