"""Starts a student's process: an interpreter of its own, an empty environment, three pipes and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from grader.errors import SandboxBroken
from grader.sandbox.process import OwnChild, Process
from reference.spec import Limits

INSIDE = Path(__file__).parent / "inside"

ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",  # threads are refused, and one thread sums in one order
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "0",  # sets are walked in the same order on every run: a grading can be replayed
}

FLAGS = ("-P", "-s", "-S", "-B", "-X", "utf8")
"""As -I, which would also ignore the hash seed: no user site, working directory or site-packages, no .pyc written."""

FIRST_VICTIM = ("/bin/sh", "-c", 'echo 1000 2>/dev/null >/proc/self/oom_score_adj; exec "$@"', "sh")
"""Where the machine runs out of memory, the kernel ends a student's process and not the service."""

Launch = Callable[[Limits], Process]
"""Starts one process under limits; raises SandboxBroken."""

Command = Callable[[Mapping[str, object]], list[str]]
"""The command that starts inside/ with settings, completed by where NumPy lies; it may put something around it."""


def plain_command(settings: Mapping[str, object]) -> list[str]:
    """This interpreter, as it lies on this machine, and nothing around it."""
    complete = {**settings, "numpy_folder": str(Path(np.__file__).parent.parent)}
    return [*FIRST_VICTIM, sys.executable, *FLAGS, str(INSIDE), json.dumps(complete)]


def launcher(walls: str, command: Command = plain_command) -> Launch:
    """A launcher whose processes put up `walls`: "all", or "limits" for the unsafe level."""

    def launch(limits: Limits) -> Process:
        return _start(walls, command, limits)

    return launch


def _start(walls: str, command: Command, limits: Limits) -> Process:
    opened: list[int] = []
    try:
        for _ in range(3):
            opened += os.pipe()
        calls_read, calls_write, frames_read, frames_write, prints_read, prints_write = opened
        settings = {
            "walls": walls,
            "frames": frames_write,
            "parent": os.getpid(),
            "cpu_seconds": limits.cpu_seconds,
            "memory_bytes": limits.memory_mib << 20,
        }
        popen = subprocess.Popen(  # noqa: S603  our own interpreter and our own folder
            command(settings),
            stdin=calls_read,
            stdout=prints_write,
            stderr=prints_write,
            pass_fds=(frames_write,),
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
    except OSError as error:
        for descriptor in opened:
            os.close(descriptor)
        raise SandboxBroken(f"a process for the submission cannot be started: {error}") from error
    for descriptor in (calls_read, frames_write, prints_write):
        os.close(descriptor)
    try:
        return Process(OwnChild(popen), calls_write, frames_read, prints_read)
    except OSError as error:
        popen.kill()
        popen.wait()
        for descriptor in (calls_write, frames_read, prints_read):
            os.close(descriptor)
        raise SandboxBroken(f"a process for the submission cannot be held: {error}") from error
