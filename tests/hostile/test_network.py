"""Attempts to reach other machines, this machine, or anybody at all."""

from collections.abc import Mapping

import pytest

from tests.hostile.arena import Arena, names
from tests.hostile.outcomes import REFUSED, Gives, Outcome, Raises

OUTCOMES: Mapping[str, Outcome] = {
    "abstract_socket": REFUSED,
    "ask_names": Raises("gaierror"),
    "connect_by_number": REFUSED,
    "datagram": REFUSED,
    "download": Raises("URLError", "Operation not permitted"),
    "every_family": Gives(45),
    "kernel_socket": REFUSED,
    "listen": REFUSED,
    "loopback": REFUSED,
    "raw_packets": REFUSED,
    "sixth_version": REFUSED,
    "socket_pair": REFUSED,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("network") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    arena.fight("network", attack, OUTCOMES[attack])
