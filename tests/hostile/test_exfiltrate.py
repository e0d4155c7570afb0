"""Attempts to read what a submission should not know."""

from collections.abc import Mapping

import pytest

from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import FORBIDDEN, NOT_THERE, REFUSED, Gives, Outcome, Raises

NO_CLOCK = Raises("OSError", "Invalid argument")

OUTCOMES: Mapping[str, Outcome] = {
    "classes_of_grader": Gives([]),
    "clock_of_parent": NO_CLOCK,
    "clocks_of_all": Gives([]),
    "compare_processes": FORBIDDEN,
    "core_pattern": NOT_THERE,
    "descriptor_relative": NOT_THERE,
    "expected_values_in_frames": Gives(0),
    "first_environment": Gives({}),
    "freed_memory": Gives([]),
    "group_of_parent": REFUSED,
    "handle_of_file": FORBIDDEN,
    "import_checker": Gives([]),
    "kernel_log": FORBIDDEN,
    "keyring": FORBIDDEN,
    "list_processes": NOT_THERE,
    "original_arguments": Gives(["submission.py"]),
    "passwords": NOT_THERE,
    "pipe_of_parent": NOT_THERE,
    "processors_of_parent": REFUSED,
    "read_answers": NOT_THERE,
    "read_descriptors": Gives(0),
    "read_environment": Gives([]),
    "read_grader_memory": FORBIDDEN,
    "read_own_memory": NOT_THERE,
    "read_parent_environment": NOT_THERE,
    "read_parent_memory": NOT_THERE,
    "read_through_own_root": NOT_THERE,
    "read_through_parents": NOT_THERE,
    "read_with_c": NOT_THERE,
    "read_with_importlib": NOT_THERE,
    "read_with_numpy": NOT_THERE,
    "read_with_path_entry": Raises("ModuleNotFoundError", "answers"),
    "read_with_tokenize": Gives([]),
    "scan_objects": Gives([]),
    "session_of_parent": REFUSED,
    "steal_descriptor": FORBIDDEN,
    "trace_grader": FORBIDDEN,
    "walk_frames": Gives([]),
    "watch_files": FORBIDDEN,
    "watch_grader": FORBIDDEN,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("exfiltrate") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("exfiltrate", attack, OUTCOMES[attack])
