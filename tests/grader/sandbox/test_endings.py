"""Every way a process can end, and the verdict for it."""

import signal

import pytest

from grader.errors import SandboxBroken
from grader.report import Verdict
from grader.sandbox import endings
from grader.sandbox.process import Ending
from reference.spec import Limits

LIMITS = Limits(cpu_seconds=5, memory_mib=100)
MIB = 1 << 20


@pytest.mark.parametrize(
    ("ending", "verdict"),
    [
        (Ending(0, signal.SIGSYS, 0.1, MIB), Verdict.FORBIDDEN),
        (Ending(0, signal.SIGXCPU, 5.0, MIB), Verdict.TIME_LIMIT),
        (Ending(0, signal.SIGKILL, 6.0, MIB), Verdict.TIME_LIMIT),
        (Ending(0, signal.SIGKILL, 1.0, 90 * MIB), Verdict.MEMORY_LIMIT),
        (Ending(0, signal.SIGSEGV, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, signal.SIGBUS, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, signal.SIGFPE, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, signal.SIGILL, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, signal.SIGABRT, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, signal.SIGTERM, 0.1, MIB), Verdict.CRASHED),
        (Ending(0, 0, 0.1, MIB), Verdict.NO_RESULT),
        (Ending(91, 0, 9.0, MIB), Verdict.NO_RESULT),
    ],
)
def test_verdicts(ending: Ending, verdict: Verdict) -> None:
    stopped = endings.of_process(ending, LIMITS, walled=True)

    assert stopped.verdict is verdict
    assert stopped.detail.endswith(".")
    assert "\n" not in stopped.detail


def test_a_kill_from_outside_is_no_submissions_doing() -> None:
    """Behind the walls nobody can send itself a signal, so this one is ours to explain; without walls anybody can."""
    killed = Ending(0, signal.SIGKILL, 0.1, MIB)

    with pytest.raises(SandboxBroken):
        endings.of_process(killed, LIMITS, walled=True)
    assert endings.of_process(killed, LIMITS, walled=False).verdict is Verdict.CRASHED
