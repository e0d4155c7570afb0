"""The probes of a function are those that are drawn anew from the same generator, and the first of them if asked."""

import numpy as np

from grader.one_change.drawn_once import DrawnOnce
from grader.probes import ordinary_probes
from grader.seeds import generator
from reference.catalog import Catalog

FUNCTION = Catalog.builtin().get("ece421-numpy-nn").assignment.function("softmax")


def test_probes_are_kept_by_the_generator_they_come_from() -> None:
    drawn = DrawnOnce()
    every, few = drawn.first(None), drawn.first(2)
    right = ordinary_probes(FUNCTION, generator("public:1", "a"))

    for given in (every(FUNCTION, generator("public:1", "a")), few(FUNCTION, generator("public:1", "a"))):
        for probe, expected in zip(given, right, strict=False):
            np.testing.assert_equal(dict(probe.arguments), dict(expected.arguments))
    assert len(few(FUNCTION, generator("public:1", "a"))) == 2
    assert every(FUNCTION, generator("public:1", "a")) is not every(FUNCTION, generator("public:1", "b"))
