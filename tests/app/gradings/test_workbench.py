"""The bench asks its canary at the start and now and then, and hands out no sandbox whose canary died."""

import pytest

from app.gradings.workbench import CANARY_SECONDS, Workbench
from grader.errors import SandboxUnavailable
from grader.sandbox import Sandbox
from grader.sandbox.container import ContainerSandbox
from grader.sandbox.unsafe import UnsafeSandbox
from grader.sandbox.wall import Wall


def test_the_canary_is_asked_at_the_start_and_periodically() -> None:
    now, asked = [0.0], list[float]()
    sandbox = UnsafeSandbox()
    sandbox.level = "container"

    def examine(_sandbox: Sandbox) -> tuple[Wall, ...]:
        asked.append(now[0])
        return ()

    bench = Workbench(sandbox, examine, lambda: now[0])
    for seconds in (0.0, 1.0, CANARY_SECONDS - 1.0, CANARY_SECONDS, CANARY_SECONDS + 1.0, 2.5 * CANARY_SECONDS):
        now[0] = seconds
        assert bench.sandbox() is sandbox

    assert asked == [0.0, CANARY_SECONDS, 2.5 * CANARY_SECONDS]


def test_a_forbidden_job_that_lives_stops_grading() -> None:
    """The real canary, in a sandbox that only says that it has walls."""
    sandbox = UnsafeSandbox()
    sandbox.level = "container"

    with pytest.raises(SandboxUnavailable, match="'unlisted system calls kill' no longer holds"):
        Workbench(sandbox).sandbox()


def test_the_real_canary_lives() -> None:
    bench = Workbench(ContainerSandbox())

    assert bench.sandbox().level == "container"
    bench.close()


def test_the_unsafe_level_has_no_canary() -> None:
    assert Workbench(UnsafeSandbox()).sandbox().level == "unsafe"


def test_monitors_are_told_of_canaries_once_and_of_what_is_ready() -> None:
    sandbox = UnsafeSandbox()
    sandbox.level = "container"
    bench = Workbench(sandbox, lambda _sandbox: ())
    bench.sandbox()

    assert bench.told() == {"canaries": 1, "spares": 0}
    assert bench.told() == {"canaries": 0, "spares": 0}
