"""Attempts to leave the process: programs, machine code, the kernel."""

from collections.abc import Mapping

import pytest

from grader.report import Verdict
from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import FORBIDDEN, NOT_THERE, REFUSED, Outcome, Raises, Stops

OUTCOMES: Mapping[str, Outcome] = {
    "abort": Stops(Verdict.CRASHED),
    "another_filter": FORBIDDEN,
    "be_dumpable": REFUSED,
    "become_root": REFUSED,
    "bpf": FORBIDDEN,
    "code_moved": REFUSED,
    "descriptor_table": FORBIDDEN,
    "device": NOT_THERE,
    "executable_file_map": REFUSED,
    "execveat": REFUSED,
    "gain_capabilities": FORBIDDEN,
    "io_uring": FORBIDDEN,
    "join_namespace": FORBIDDEN,
    "kernel_module": FORBIDDEN,
    "load_library": Raises("OSError"),
    "machine_code": REFUSED,
    "make_executable": REFUSED,
    "more_rules": FORBIDDEN,
    "mount": FORBIDDEN,
    "new_namespace": FORBIDDEN,
    "null_pointer": Stops(Verdict.CRASHED),
    "open_beside_filter": FORBIDDEN,
    "open_by_structure": FORBIDDEN,
    "other_abi": FORBIDDEN,
    "other_root": REFUSED,
    "pages_given_away": FORBIDDEN,
    "personality": FORBIDDEN,
    "protection_keys": FORBIDDEN,
    "run_program": REFUSED,
    "secret_memory": FORBIDDEN,
    "shadow_stack": FORBIDDEN,
    "shared_file_map": REFUSED,
    "terminal": Raises("OSError", "Inappropriate ioctl"),
    "thread_by_clone": REFUSED,
    "write_nowhere": Stops(Verdict.CRASHED, "memory that is not its own"),
}


def test_every_attack_has_an_outcome() -> None:
    assert names("escape") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("escape", attack, OUTCOMES[attack])
