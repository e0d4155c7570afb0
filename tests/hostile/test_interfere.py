"""Attempts to disturb the grader and other submissions;"""

from collections.abc import Mapping

import pytest

from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import FORBIDDEN, REFUSED, Outcome, Raises

OUTCOMES: Mapping[str, Outcome] = {
    "choose_victim": REFUSED,
    "grader_affinity": REFUSED,
    "grader_limits": REFUSED,
    "grader_schedule": REFUSED,
    "kill_everyone": REFUSED,
    "kill_grader": REFUSED,
    "lock_file": REFUSED,
    "lock_of_kernel": REFUSED,
    "memory_reaped": FORBIDDEN,
    "message_queue": FORBIDDEN,
    "queue_signal": REFUSED,
    "renice_grader": REFUSED,
    "shared_segment": REFUSED,
    "signal_by_descriptor": FORBIDDEN,
    "signal_group": REFUSED,
    "sleep_on_clock": Raises("OSError", "clock_nanosleep"),
    "wait_for_others": Raises("ChildProcessError"),
    "wake_in_library": REFUSED,
    "write_grader_memory": FORBIDDEN,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("interfere") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("interfere", attack, OUTCOMES[attack])
