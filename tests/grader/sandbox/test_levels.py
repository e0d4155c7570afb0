"""Levels are chosen by proof: the strongest that holds, and none in silence."""

from contextlib import closing

import pytest

from grader.errors import SandboxBroken, SandboxUnavailable
from grader.sandbox import Sandbox, levels
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall


class Level(UnsafeSandbox):
    """Stands for a level of any name; it is never opened."""

    def __init__(self, level: str) -> None:
        super().__init__()
        self.level = level
        self.closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[Wall, ...] | Exception]:
    """What the doctor finds at each level; an exception is raised."""
    found: dict[str, tuple[Wall, ...] | Exception] = {}

    def examined(sandbox: Sandbox) -> tuple[Wall, ...]:
        walls = found[sandbox.level]
        if isinstance(walls, Exception):
            raise walls
        return walls

    monkeypatch.setattr(levels, "examine", examined)
    monkeypatch.setattr(levels, "LEVELS", {name: lambda name=name: Level(name) for name in levels.LEVELS})
    return found


GOOD = (Wall("no network", True, True, "refused"), Wall("not root", False, False, "root"))
BAD = (Wall("no network", True, False, "came back"),)


def test_levels_by_name() -> None:
    with closing(levels.named("container")) as container:
        assert container.level == "container"
    assert levels.choose("unsafe").level == "unsafe"
    with pytest.raises(ValueError, match="does not exist"):
        levels.named("none")


def test_the_strongest_that_holds(machine: dict[str, tuple[Wall, ...] | Exception]) -> None:
    machine |= {"full": GOOD, "container": GOOD}

    proof = levels.prove("auto")

    assert (proof.level, proof.walls, proof.refusal, proof.passed_over) == ("full", GOOD, "", ())


@pytest.mark.parametrize("lacks", [BAD, SandboxUnavailable("no bwrap"), SandboxBroken("no bwrap")])
def test_a_stronger_level_is_passed_over_aloud(
    machine: dict[str, tuple[Wall, ...] | Exception], lacks: tuple[Wall, ...] | Exception
) -> None:
    machine |= {"full": lacks, "container": GOOD}

    proof = levels.prove("auto")

    assert (proof.level, proof.refusal) == ("container", "")
    assert len(proof.passed_over) == 1
    assert "no bwrap" in proof.passed_over[0] or "'no network' does not hold" in proof.passed_over[0]


def test_a_level_asked_for_by_name_is_never_replaced(machine: dict[str, tuple[Wall, ...] | Exception]) -> None:
    machine |= {"full": BAD, "container": GOOD}

    with pytest.raises(SandboxUnavailable, match="At the level full the wall 'no network' does not hold: came back"):
        levels.choose("full")


def test_where_none_holds_every_reason_is_told(machine: dict[str, tuple[Wall, ...] | Exception]) -> None:
    machine |= {"full": SandboxUnavailable("no bwrap."), "container": (*BAD, *BAD)}

    with pytest.raises(SandboxUnavailable, match=r"no bwrap\. At the level container .* \(2 walls in all\)"):
        levels.choose("auto")


def test_a_level_that_is_refused_is_closed(machine: dict[str, tuple[Wall, ...] | Exception]) -> None:
    machine |= {"container": BAD}
    proof = levels.prove("container")
    assert isinstance(proof.sandbox, Level)
    made: list[Level] = []

    def again() -> Sandbox:
        made.append(Level("container"))
        return made[-1]

    levels.LEVELS["container"] = again  # type: ignore[index]  # the fixture's own dict
    with pytest.raises(SandboxUnavailable):
        levels.choose("container")

    assert made[0].closed
