"""Who does the job of softmax_job.py: ours first, then the peers."""

from collections.abc import Mapping

from tests.benchmarks.our_sandbox import on_demand, with_spares
from tests.benchmarks.peers.cold import Cold, bubblewrapped
from tests.benchmarks.peers.warm_pool import WarmPool
from tests.benchmarks.softmax_job import Contestant, Start

OURS = ("spare", "on_demand")

PEERS: Mapping[str, Start] = {"cold": Cold, "bubblewrap": bubblewrapped, "warm_pool": WarmPool}
"""Each is measured without the checks and limits that ours has, and two of the three without any wall."""

CONTESTANTS = (*OURS, *PEERS)


def started(name: str, level: str) -> Contestant:
    """A contestant, ready to work; ours at a level of the sandbox."""
    if name in PEERS:
        return PEERS[name]()
    return with_spares(level) if name == "spare" else on_demand(level)
