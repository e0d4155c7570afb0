"""The doctor: everything holds at the container level, and without walls it says so."""

from contextlib import closing

from grader.sandbox.container import ContainerSandbox
from grader.sandbox.doctor import broken_walls, canary, examine
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall

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

    assert {wall.name for wall in walls if not wall.held} <= {"not root", "memory group over the sandbox"}
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


def test_the_canary_lives_and_the_forbidden_job_dies() -> None:
    with closing(ContainerSandbox()) as sandbox:
        walls = canary(sandbox)

    assert [wall.name for wall in walls if wall.held] == ["NumPy computes", "unlisted system calls kill"]


def test_a_canary_without_walls_sings_no_more() -> None:
    assert [wall.name for wall in broken_walls(canary(UnsafeSandbox()))] == ["unlisted system calls kill"]
