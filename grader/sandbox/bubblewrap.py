"""Puts bubblewrap's namespaces around a process of ours: a root that holds the interpreter and nothing else.

No network, no other process, no /proc, nothing that can be written. Nothing here needs a privilege: as an ordinary user
it rests on user namespaces. As root it makes the namespaces by right, and inside root keeps what a zygote needs to make
nobody of its children.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from grader.sandbox.interior import Interior
from grader.sandbox.launch import FIRST_VICTIM, FLAGS, INSIDE, Command

PROGRAM = "bwrap"
OURS = "/chainrule"  # where our own folder lies inside
PACKAGES = "/packages"  # and NumPy, without its neighbours
ROOT_KEEPS = ("CAP_KILL", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP")
"""See walls.harden: the zygote drops everything else itself, too."""


class NoBubblewrap(Exception):
    """The program is not installed."""


@dataclass(frozen=True, slots=True)
class Namespaces:
    """A Command (see launch.py) that starts inside/ in namespaces of its own. program: path of bubblewrap."""

    program: str
    interior: Interior
    as_root: bool

    def __call__(self, settings: Mapping[str, object]) -> list[str]:
        """The whole command."""
        complete = {**settings, "numpy_folder": PACKAGES, "mapped_bytes": self.interior.mapped_bytes}
        if "parent" in complete:
            complete["parent"] = 0  # it lies in another namespace, and has no number here
        return [
            *FIRST_VICTIM,
            self.program,
            *self._namespaces(),
            *_folders(self._places()),
            *self._files(),
            *("--remount-ro", "/", "--chdir", "/"),
            *(self.interior.interpreter, *FLAGS, OURS, json.dumps(complete)),
        ]

    def _namespaces(self) -> Iterator[str]:
        if self.as_root:
            yield from ("--cap-drop", "ALL")
            for capability in ROOT_KEEPS:
                yield from ("--cap-add", capability)
        else:
            yield "--unshare-user"
        yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
        yield from ("--hostname", "sandbox", "--as-pid-1")

    def _places(self) -> Mapping[str, str]:
        """Where each file or folder of this machine lies inside."""
        places = {path: path for path in self.interior.files if not path.startswith(self.interior.numpy)}
        numpy = PurePath(self.interior.numpy)
        packages = {path: f"{PACKAGES}/{PurePath(path).name}" for path in self.interior.files if path not in places}
        return places | packages | {str(numpy): f"{PACKAGES}/{numpy.name}", str(INSIDE): OURS}

    def _files(self) -> Iterator[str]:
        for outside, inside in self._places().items():
            yield from ("--ro-bind", outside, inside)
        for link, target in self.interior.links.items():
            yield from ("--symlink", target, link)
        for folder in self.interior.hidden:
            yield from ("--tmpfs", folder, "--remount-ro", folder)


def namespaces(interior: Interior) -> Command:
    """A Command in namespaces. Raises NoBubblewrap."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NoBubblewrap("bubblewrap is not installed (the program bwrap)")
    return Namespaces(program, interior, as_root=os.geteuid() == 0)


def _folders(places: Mapping[str, str]) -> Iterator[str]:
    """Every folder above a place, open to all: bubblewrap would copy the mode that it has outside."""
    above = {str(parent) for place in places.values() for parent in PurePath(place).parents}
    for folder in sorted(above - {"/"}):
        yield from ("--perms", "0755", "--dir", folder)
