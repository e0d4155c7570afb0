"""Every probe of a check has the sizes that are asked for while it lasts, and its own again afterwards."""

import numpy as np

from grader.checks.calls import contract
from grader.probes import SCALE_30, lengths, ordinary_probes
from reference.catalog import Catalog
from tests.fakes.probe_sizes import probe_sizes

FOLDER = Catalog.builtin().get("ece421-numpy-nn")
FUNCTION = FOLDER.assignment.function("backward_prop")
OTHER = {
    "scale 1": lengths(N=6, D=4, H=9, C=4, L=11, W=3),
    "scale 1, again": lengths(N=8, D=9, H=5, C=10, L=13, W=5),
}


def _rows() -> list[int]:
    return [len(probe.arguments["x"]) for probe in ordinary_probes(FUNCTION, np.random.default_rng(0))]


def test_probes_have_other_sizes_while_it_lasts() -> None:
    before = _rows()
    with probe_sizes(OTHER):
        assert _rows() == [6, 8, 1, SCALE_30["N"]]
        assert contract.SETTING.sizes["N"] == 8
    assert _rows() == before == [5, 7, 1, SCALE_30["N"]]
    assert contract.SETTING.sizes["N"] == 7
