"""The doctor: everything holds at the container level, and without walls it says so."""

import pytest

from grader.errors import SandboxUnavailable
from grader.sandbox import levels
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.doctor import Wall, broken_walls, examine
from grader.sandbox.unsafe import UnsafeSandbox

LIMITS = {
    *("NumPy computes", "empty environment", "no inherited descriptors"),
    *("processor limit", "memory limit", "wall clock"),
}
"""What the unsafe level still promises."""

FALL_EVERYWHERE = {
    *("no reading outside", "no listing of the grader", "no view of processes", "no writing", "no network"),
    *("no signal to the grader", "no executable memory", "no memory made executable", "no shared memory"),
    *("unlisted system calls kill", "no signal to another session", "no signal to the parent process"),
}
"""Attacks that nothing but our walls stops, on any kernel, in any container, as any user."""


def test_every_wall_holds() -> None:
    walls = examine(ContainerSandbox())

    assert {wall.name for wall in walls if not wall.held} <= {"not root"}
    assert broken_walls(walls) == ()
    assert len(walls) == len({wall.name for wall in walls}) > 20
    assert all(wall.evidence for wall in walls)


def test_the_attacks_succeed_where_there_are_no_walls() -> None:
    """An attack that fails for a reason of its own would prove nothing."""
    held = {wall.name for wall in examine(UnsafeSandbox()) if wall.held}

    assert held >= LIMITS
    assert held.isdisjoint(FALL_EVERYWHERE)


def test_only_mandatory_walls_stop_grading() -> None:
    walls = (Wall("a", True, True, ""), Wall("b", False, False, ""), Wall("c", True, False, ""))

    assert broken_walls(walls) == (walls[2],)


def test_levels_by_name() -> None:
    assert levels.named("auto").level == "container"
    assert levels.named("container").level == "container"
    assert levels.choose("unsafe").level == "unsafe"
    with pytest.raises(ValueError, match="does not exist"):
        levels.named("none")


def test_choose_proves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A level whose walls do not hold is refused by the name of the wall, and never replaced by a weaker one."""

    class Hollow(UnsafeSandbox):
        level = "container"

    assert levels.choose("auto").level == "container"
    monkeypatch.setattr(levels, "ContainerSandbox", Hollow)
    with pytest.raises(SandboxUnavailable, match="'no reading outside' does not hold"):
        levels.choose("auto")
