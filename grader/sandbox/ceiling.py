"""A memory group of the kernel over a whole sandbox, for what no limit of one process counts, such as page tables.

It stands where this process may make groups: in a container with a writable tree, under systemd with Delegate=yes and
DelegateSubgroup, or as root. Layout of the files: the kernel's cgroup-v1/memory and cgroup-v2 documents.
"""

import contextlib
import itertools
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BYTES = 4 << 30
"""Of one sandbox: three sessions at the default limit of 1 GiB, spares and the zygote."""

ROOT = Path("/")
_number = itertools.count(1)


class NoCeiling(Exception):
    """No group can be made here; the message says why, for an operator."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a version of control groups keeps what; `kills` is the file with a line `oom_kill <count>`."""

    limit: str
    swap_limit: str
    kills: str


V1 = Layout("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.oom_control")
V2 = Layout("memory.max", "memory.swap.max", "memory.events")


class MemoryGroup(Protocol):
    """Processes whose memory the kernel counts together."""

    def hold(self, pidfd: int) -> None:
        """Take a process in; its later children are in it too. Raises OSError."""
        ...

    def kills(self) -> int:
        """How many processes the kernel has ended for the memory of this group."""
        ...

    def close(self) -> None:
        """Give it up."""
        ...


class OwnGroup:
    """The group that this process is in itself, as in a container with a limit: nothing is added, kills are counted."""

    def __init__(self, root: Path = ROOT) -> None:
        parents = [(parent, layout) for parent, layout in _parents(root) if (parent / layout.kills).exists()]
        self._counter = parents[-1][0] / parents[-1][1].kills if parents else None  # the last is the group itself

    def hold(self, pidfd: int) -> None:
        """It is in it already, as a child of this process."""

    def kills(self) -> int:
        """How many processes the kernel has ended for the memory of this group; 0 where it does not say."""
        return _kills(self._counter) if self._counter is not None else 0

    def close(self) -> None:
        """It is not ours to remove."""


class Ceiling:
    """A group of our own. `close` removes it, which needs it to be empty: end the sandbox first."""

    def __init__(self, group: Path, layout: Layout) -> None:
        self._group = group
        self._layout = layout

    def hold(self, pidfd: int) -> None:
        """Take a process in; its later children are in it too. Raises OSError."""
        (self._group / "cgroup.procs").write_text(str(_process_id(pidfd)))

    def kills(self) -> int:
        """How many processes the kernel has ended for the memory of this group."""
        return _kills(self._group / self._layout.kills)

    def close(self) -> None:
        """Remove the group; one that cannot be removed costs nothing and is left."""
        with contextlib.suppress(OSError):
            self._group.rmdir()


def make_ceiling(byte_count: int = BYTES, root: Path = ROOT) -> Ceiling:
    """A group of its own with a limit of `byte_count`, swap included. Raises NoCeiling. root: for tests."""
    reasons = []
    for parent, layout in _parents(root):
        _sweep(parent)
        group = parent / f"chainrule-{os.getpid()}-{next(_number)}"
        try:
            group.mkdir()
        except OSError as error:
            reasons.append(f"{parent}: {error.strerror}")
            continue
        try:
            _limit(group, layout, byte_count)
        except OSError as error:
            reasons.append(f"{group}: {error.strerror}")
            group.rmdir()
            continue
        return Ceiling(group, layout)
    raise NoCeiling("; ".join(reasons) or "this machine has no memory controller within reach")


def _parents(root: Path) -> list[tuple[Path, Layout]]:
    """The folders of groups in which this process could make another: its own group, or the one around it."""
    parents: list[tuple[Path, Layout]] = []
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        own = path.lstrip("/")
        if "memory" in controllers.split(","):
            parents.append((root / "sys/fs/cgroup/memory" / own, V1))
        elif controllers == "":  # the unified tree: a group with processes of its own can have none beneath it
            tree = root / "sys/fs/cgroup"
            parents += [(group, V2) for group in ((tree / own).parent, tree / own) if tree in (group, *group.parents)]
    return parents


def _sweep(parent: Path) -> None:
    """Remove what a supervisor that was killed has left: groups named after a process that is no more."""
    for group in parent.glob("chainrule-*-*"):
        if not Path("/proc", group.name.split("-")[1]).exists():
            with contextlib.suppress(OSError):
                group.rmdir()


def _limit(group: Path, layout: Layout, byte_count: int) -> None:
    if layout is V2 and not (group / layout.limit).exists():
        (group.parent / "cgroup.subtree_control").write_text("+memory")
    if not (group / layout.limit).exists():  # writing would make a file in a tree that is none
        raise FileNotFoundError(2, "no memory controller")
    (group / layout.limit).write_text(str(byte_count))
    if (group / layout.swap_limit).exists():
        with contextlib.suppress(OSError):  # no swap on this machine, or not counted
            (group / layout.swap_limit).write_text("0" if layout is V2 else str(byte_count))


def _kills(counter: Path) -> int:
    try:
        found = re.search(r"^oom_kill (\d+)$", counter.read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _process_id(pidfd: int) -> int:
    """The number of the process behind a descriptor, in this namespace."""
    found = re.search(r"^Pid:\s+(\d+)$", Path(f"/proc/self/fdinfo/{pidfd}").read_text(), re.MULTILINE)
    if found is None:
        raise ProcessLookupError(3, "the process has ended")
    return int(found[1])
