"""A new interpreter for every job, bare or in a sandbox that is a command before the command."""

import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.benchmarks.peers.interpreter import COMMAND, WORKER, Interpreter


class Cold:
    """A Contestant: start an interpreter, import NumPy, do the job, end."""

    def __init__(self, before: Sequence[str] = ()) -> None:
        self._command = (*before, *COMMAND)

    def one(self) -> float:
        """One job in one new process."""
        begun = time.perf_counter()
        interpreter = Interpreter(self._command)
        try:
            interpreter.ask()
            seconds = time.perf_counter() - begun
        finally:
            interpreter.close()
        return seconds

    def close(self) -> None:
        """Nothing is kept."""


def bubblewrapped() -> Cold:
    """Under bubblewrap with every namespace it has, and only the system, the interpreter and the worker to read.

    The interpreter may lie below a folder that only root enters; a bind of its own prefix leads around that.
    """
    prefixes = {sys.prefix, sys.base_prefix, str(Path(sys.executable).resolve().parent.parent)}
    prefixes |= {str(Path(np.__file__).parent.parent), str(WORKER)}
    bound = ["/usr", *sorted(prefix for prefix in prefixes if not prefix.startswith("/usr/"))]
    binds = [word for path in bound for word in ("--ro-bind", path, path)]
    links = [
        word
        for name in ("bin", "lib", "lib64")
        for word in (("--symlink", f"usr/{name}", f"/{name}") if Path("/", name).is_symlink() else ())
    ]
    folders = [word for name in ("/bin", "/lib", "/lib64") if _own(name) for word in ("--ro-bind", name, name)]
    walls = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--proc", "/proc"]
    return Cold(("bwrap", *walls, "--dev", "/dev", *binds, *links, *folders))


def why_not_bubblewrap() -> str | None:
    """Why bubblewrap cannot be measured here; None if it can."""
    if shutil.which("bwrap") is None:
        return "bwrap is not installed (apt-get install bubblewrap)"
    try:
        bubblewrapped().one()
    except (RuntimeError, OSError) as error:
        return f"bwrap does not run here: {error}"
    return None


def _own(folder: str) -> bool:
    """Whether a folder of the system is one of its own rather than a link into /usr."""
    return Path(folder).is_dir() and not Path(folder).is_symlink()
