"""Attempts to leave something for the next submission, or to outlive one's own."""

from collections.abc import Mapping

import pytest

from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import FORBIDDEN, HARMLESS, REFUSED, Gives, Outcome

OUTCOMES: Mapping[str, Outcome] = {
    "attributes": REFUSED,
    "compiled_module": REFUSED,
    "detach": REFUSED,
    "empty_planted_file": REFUSED,
    "environment_left": HARMLESS,
    "keyring_left": FORBIDDEN,
    "leave_files": Gives(["PermissionError"] * 4),
    "numpy_file": REFUSED,
    "overwrite": REFUSED,
    "plant_link": Gives(["refused"] * 3),
    "remove": REFUSED,
    "rename_module": REFUSED,
    "survive_parent": REFUSED,
    "two_forks": REFUSED,
    "unnamed_file": REFUSED,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("persist") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("persist", attack, OUTCOMES[attack])
