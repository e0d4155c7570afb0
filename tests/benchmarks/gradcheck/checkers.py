"""The peers by name, as far as they are installed, and why one is not there."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module

from tests.benchmarks.gradcheck.problem import Accepts

PEERS_FOLDER = "tests.benchmarks.peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """A function of a module of ours over somebody else's checker.

    forwards: how often it runs the loss per parameter; 0 for a few forwards whatever the size.
    timed: False where another name measures the same work.
    """

    module: str
    function: str
    forwards: int = 0
    timed: bool = True

    def load(self) -> Accepts:
        """The checker. Raises ModuleNotFoundError where its package is not installed."""
        found: Accepts = getattr(import_module(f"{PEERS_FOLDER}.{self.module}"), self.function)
        return found


PEERS: Mapping[str, Peer] = {
    "torch_slow": Peer("torch_gradcheck", "slow", forwards=2),
    "torch_fast": Peer("torch_gradcheck", "fast"),
    "jax_vjp": Peer("jax_vjp", "vjp"),
    "scipy_all": Peer("scipy_gradient", "every_coordinate", forwards=1),
    "scipy_random": Peer("scipy_gradient", "random_direction"),
    "cs231n_all": Peer("central_differences", "all_happy", forwards=2),
    "cs231n_lenient": Peer("central_differences", "all_not_wrong", forwards=2, timed=False),
    "cs231n_sampled": Peer("central_differences", "sampled_happy"),
}


def loaded() -> tuple[dict[str, Accepts], dict[str, str]]:
    """The checkers that are installed, and for each that is not the package it lacks."""
    found: dict[str, Accepts] = {}
    lacking: dict[str, str] = {}
    for name, peer in PEERS.items():
        try:
            found[name] = peer.load()
        except ModuleNotFoundError as error:
            lacking[name] = error.name or str(error)
    return found, lacking
