"""The order of the walls: each needs those before it, and none may be missing."""

import ctypes
import os
from typing import cast

import pytest

from grader.sandbox.inside import landlock, walls


class Kernel:
    """Notes what a process asks for, and grants it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def note(self, what: str) -> None:
        if self.asked[-1:] != [what]:
            self.asked.append(what)

    def syscall(self, number: int, *_rest: object) -> int:
        self.note({walls.CLOSE_RANGE: "close descriptors", landlock.RESTRICT_SELF: "landlock"}[number])
        return 0

    def prctl(self, option: int, *_rest: object) -> int:
        names = {
            walls.PR_SET_PDEATHSIG: "die with parent",
            walls.PR_SET_DUMPABLE: "not dumpable",
            walls.PR_SET_NO_NEW_PRIVS: "no new privileges",
            walls.PR_SET_SECCOMP: "seccomp",
            walls.PR_CAPBSET_DROP: "capabilities",
            walls.PR_CAP_AMBIENT: "capabilities",
        }
        self.note(names[option])
        return 0

    def capset(self, *_rest: object) -> int:
        self.note("capabilities")
        return 0


def test_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel()
    monkeypatch.setattr(walls, "limit", lambda _limits: kernel.note("limits"))
    for name in ("setgroups", "setresgid", "setresuid"):
        monkeypatch.setattr(os, name, lambda *_ids: kernel.note("nobody"))
    ruleset = os.open("/dev/null", os.O_RDONLY)
    settings = walls.Settings("all", "", 3, os.getppid(), 1, 1)

    program = ctypes.create_string_buffer(8)
    walls.enclose(settings, walls.Plan(True, ruleset, 7, program, cast(ctypes.CDLL, kernel)), ())

    assert kernel.asked == [
        *("close descriptors", "nobody", "capabilities", "die with parent", "not dumpable"),
        *("no new privileges", "limits", "landlock", "seccomp"),
    ]
    with pytest.raises(OSError, match="Bad file descriptor"):  # the rules cannot be reached by a student
        os.fstat(ruleset)
