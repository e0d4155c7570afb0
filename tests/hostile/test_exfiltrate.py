"""Attempts to read what a submission should not know."""

from collections.abc import Mapping

import pytest

from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import FORBIDDEN, REFUSED, Gives, Outcome, Raises

OUTCOMES: Mapping[str, Outcome] = {
    "compare_processes": FORBIDDEN,
    "core_pattern": REFUSED,
    "descriptor_relative": REFUSED,
    "expected_values_in_frames": Gives(0),
    "handle_of_file": FORBIDDEN,
    "import_checker": Gives([]),
    "keyring": FORBIDDEN,
    "list_processes": REFUSED,
    "passwords": REFUSED,
    "read_answers": REFUSED,
    "read_descriptors": Gives(0),
    "read_environment": Gives([]),
    "read_grader_memory": FORBIDDEN,
    "read_own_memory": REFUSED,
    "read_parent_environment": REFUSED,
    "read_parent_memory": REFUSED,
    "read_through_own_root": REFUSED,
    "read_through_parents": REFUSED,
    "read_with_c": REFUSED,
    "read_with_importlib": REFUSED,
    "read_with_numpy": REFUSED,
    "read_with_path_entry": Raises("ModuleNotFoundError", "answers"),
    "read_with_tokenize": Gives([]),
    "scan_objects": Gives([]),
    "steal_descriptor": FORBIDDEN,
    "trace_grader": FORBIDDEN,
    "walk_frames": Gives([]),
    "watch_grader": FORBIDDEN,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("exfiltrate") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("exfiltrate", attack, OUTCOMES[attack])
