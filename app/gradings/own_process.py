"""Processes of our own code beside the server: how they are started, and that they never outlive who started them."""

import ctypes
import os
import signal
import sys
from pathlib import Path

import app

PR_SET_PDEATHSIG = 1


def own_command(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules; its first argument is our process id, for die_with_parent.

    -P keeps the working directory, which may hold anything, off the module path.
    """
    return [sys.executable, "-P", "-m", module, str(os.getpid()), *arguments]


def own_environment() -> dict[str, str]:
    """This process's environment, with our packages on the path also where they are not installed."""
    return {**os.environ, "PYTHONPATH": str(Path(app.__file__).parent.parent)}


def die_with_parent(parent: int) -> None:
    """End with `parent`, the process id of who started this process.

    The signal comes when the starting thread ends, so that thread must wait for this process. Where the kernel has no
    such thing (not Linux) nothing is asked of it.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it ended before the kernel was asked
        os.kill(os.getpid(), signal.SIGKILL)
