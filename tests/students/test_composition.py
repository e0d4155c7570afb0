"""Snippets drawn together fit together, the same from run to run."""

import numpy as np
import pytest

from tests.students.campaign import Suite, around
from tests.students.composition import clashing, composed, drawn
from tests.students.snippets import Snippet


@pytest.fixture(scope="module")
def suite() -> Suite:
    return Suite.of("ece421-numpy-nn")


def test_every_variant_has_neighbours_that_fit(suite: Suite) -> None:
    for number, variant in enumerate(suite.variants):
        chosen = around(suite, variant, np.random.default_rng(number))

        assert chosen[variant.function] == variant
        assert list(chosen) == suite.functions
        assert clashing(chosen) == []


def test_the_same_seed_draws_the_same_file(suite: Suite) -> None:
    one, again, other = (drawn(suite.variants, suite.functions, np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert composed(one) == composed(again) != composed(other)


def test_what_cannot_fit_is_an_error() -> None:
    shelf = [Snippet("f", "a", "", returns="lists"), Snippet("g", "b", "f(x)")]

    with pytest.raises(RuntimeError, match="fit together"):
        drawn(shelf, ["f", "g"], np.random.default_rng(0))
