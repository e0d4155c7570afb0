"""This process and all below it: the processor time they took, and whether they rest."""

import ctypes
import os
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")

RESTS = frozenset("SIZX")
"""States in which a process takes no processor time: asleep, idle, or ended."""

PR_SET_CHILD_SUBREAPER = 36

POLL_SECONDS = 0.002
POLLS = 5


def cpu_seconds(top: int | None = None) -> float:
    """Processor time of the tree below `top` (this process) so far, with that of every process that was waited for.

    From the fields utime, stime, cutime and cstime of proc_pid_stat(5), in ticks of 10 ms, so only for spans of a
    second and more. What orphans take is lost unless they are adopted.
    """
    return sum(ticks for _, _, ticks in _tree(top or os.getpid())) / TICKS


def own_cpu_seconds(pid: int) -> float:
    """Processor time of one process alone so far."""
    fields = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


def adopt_orphans() -> None:
    """From now on a process below this one that loses its parent becomes this one's child, so its time is counted.

    bubblewrap leaves one for every job. They are not waited for: they stay as ended processes until this one ends.
    Raises OSError where the kernel refuses.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "orphans cannot be adopted")


def rest(most_seconds: float = 2.0) -> bool:
    """Wait until nothing below this process has worked for a while; False if something still does in the end."""
    end = time.monotonic() + most_seconds
    quiet = 0
    while quiet < POLLS:
        if time.monotonic() > end:
            return False
        time.sleep(POLL_SECONDS)
        own = os.getpid()
        quiet = quiet + 1 if all(state in RESTS for number, state, _ in _tree(own) if number != own) else 0
    return True


def _tree(top: int) -> Iterator[tuple[int, str, int]]:
    """Number, state and ticks of `top` and of every process below it."""
    children: dict[int, list[int]] = {}
    found: dict[int, tuple[str, int]] = {}
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            said = (entry / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue  # it ended while we looked
        fields = said.rpartition(")")[2].split()
        number = int(entry.name)
        children.setdefault(int(fields[1]), []).append(number)
        found[number] = fields[0], sum(map(int, fields[11:15]))
    waiting = [top]
    while waiting:
        number = waiting.pop()
        if number in found:
            yield number, *found[number]
        waiting.extend(children.get(number, ()))
