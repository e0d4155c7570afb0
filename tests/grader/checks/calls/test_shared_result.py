"""Where an array could outlive a call, so that results are looked at after the next one."""

import pytest

from grader.checks.calls.shared_result import CHARACTERS, has_place
from reference.catalog import Catalog

PLAIN = "import numpy as np\nEPS = 1e-12\ndef relu(x, axis=-1):\n    out = np.zeros(x.shape)\n    return x * (x > 0)\n"


@pytest.mark.parametrize(
    "place",
    [
        "KEPT = {}",
        "KEPT: dict = {}",
        "buffer = np.zeros((5, 3))",
        "relu = make_relu()",
        "relu.kept = np.zeros(3)",
        "def f(x, kept={}): pass",
        "def f(x, *, out=np.zeros(3)): pass",
        "class Kept: pass",
        "@kept\ndef f(x): pass",
        "def f(x):\n    global kept",
        "def f(x):\n    f.kept = x",
    ],
)
def test_a_place_is_seen(place: str) -> None:
    assert not has_place([PLAIN])
    assert has_place([f"{PLAIN}{place}\n"])


def test_several_files_and_long_ones_have_a_place() -> None:
    assert has_place([PLAIN, PLAIN])
    assert has_place([PLAIN + "#" * CHARACTERS])


def test_a_solution_of_functions_alone_has_none() -> None:
    assert not has_place([Catalog.builtin().get("ece421-numpy-nn").solution])


def test_looking_takes_time_by_the_length_alone() -> None:
    """Blanks, names and colons without an end: nothing is looked at twice from each of them."""
    for line in ("a" * 90_000, " " * 90_000, "a: " + " " * 90_000, "def f(" + "a=" * 40_000, "def f(" + " " * 90_000):
        assert not has_place([line])
