"""The examination attacks the real sandbox of this machine and never raises for one that does not hold."""

import pytest

from app.gradings.sandbox_examination import examine
from app.sandbox_health import SandboxState
from grader.errors import SandboxBroken, SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall


def test_the_walls_of_this_machine_are_named() -> None:
    health = examine("container")

    assert health.level == "container"
    assert {"no network", "no reading outside", "wall clock"} <= {wall.name for wall in health.walls}
    broken = [wall.name for wall in health.walls if wall.mandatory and not wall.held]
    assert (health.state is SandboxState.HOLDS) == (not broken)
    assert all(name in health.message for name in broken)


def test_the_unsafe_level_has_no_walls_and_says_so() -> None:
    health = examine("unsafe")

    assert (health.state, health.level, health.walls) == (SandboxState.HOLDS, "unsafe", ())
    assert "no walls" in health.message


def test_an_unknown_level_is_refused() -> None:
    health = examine("titanium")

    assert health.state is SandboxState.REFUSED
    assert "titanium" in health.message


@pytest.mark.parametrize(("mandatory", "state"), [(True, SandboxState.REFUSED), (False, SandboxState.HOLDS)])
def test_only_mandatory_walls_refuse(monkeypatch: pytest.MonkeyPatch, mandatory: bool, state: SandboxState) -> None:
    def proven(_sandbox: Sandbox) -> tuple[Wall, ...]:
        return (Wall("no network", mandatory, False, "came back"), Wall("NumPy computes", True, True, ""))

    monkeypatch.setattr("grader.sandbox.levels.examine", proven)
    health = examine("container")

    assert health.state is state
    assert ("no network" in health.message) == mandatory


def test_a_sandbox_that_does_not_start_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_sandbox: Sandbox) -> tuple[Wall, ...]:
        raise SandboxBroken("no Landlock")

    monkeypatch.setattr("grader.sandbox.levels.examine", broken)

    health = examine("container")

    assert health.state is SandboxState.REFUSED
    assert "does not start here" in health.message
    assert "no Landlock" in health.details[0]


def test_a_weaker_level_is_told_to_all_and_why_only_to_the_operator(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unavailable() -> Sandbox:
        raise SandboxUnavailable("no program at /secret/path")

    monkeypatch.setattr("grader.sandbox.levels.examine", lambda _sandbox: (Wall("no network", True, True, ""),))
    monkeypatch.setattr("grader.sandbox.levels.LEVELS", {"full": unavailable, "container": UnsafeSandbox})
    health = examine("auto")

    assert (health.state, health.level) == (SandboxState.HOLDS, "container")
    assert "full does not hold here" in health.message
    assert "/secret/path" not in health.message
    assert "/secret/path" in health.details[0]
    assert "/secret/path" in caplog.text
