"""What students hand in for the small assignment: good files, bad ones, ones that hang, and hostile ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

GOOD = """import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def sigmoid_backward(z, dout):
    a = sigmoid(z)
    return dout * a * (1 - a)
"""

BACKWARD = "    return dout * a * (1 - a)\n"


def _instead(line: str, source: str = GOOD, of: str = BACKWARD) -> str:
    assert source.count(of) == 1
    return source.replace(of, line)


@dataclass(frozen=True, slots=True)
class Kind:
    """Files of one kind, and how many of a hundred uploads are of it."""

    percent: int
    sources: Sequence[str]


KINDS: Mapping[str, Kind] = {
    "good": Kind(
        60, (GOOD, _instead("    return a * dout - dout * a**2\n"), _instead("    return dout * sigmoid(-z) * a\n"))
    ),
    "bad": Kind(
        26,
        (
            _instead("    return dout * a\n"),
            _instead("    return 2 * dout * a * (1 - a)\n"),
            _instead("    return dout.T * a\n"),
            "import numpy as np\n\n\ndef sigmoid(z):\n    return z +\n",
        ),
    ),
    "hanging": Kind(4, (_instead("    while True:\n        pass\n"),)),
    "hostile": Kind(
        10,
        (
            "import numpy as np\n\nnp.allclose = lambda *a, **k: True\nnp.exp = lambda z: z\n\n\n" + GOOD,
            _instead("    import os\n    os.kill(os.getppid(), 9)\n    return 0 * dout\n"),
            _instead("    print('x' * 10_000_000)\n    return dout\n"),
            _instead("    return np.ones((1 << 16, 1 << 16))\n"),
            "import sys\nsys.exit(0)\n",
        ),
    ),
}

SOURCES: Sequence[str] = tuple(source for kind in KINDS.values() for source in kind.sources)
"""Every file; uploads are known by their place in it."""


def drawn(rng: Random) -> int:
    """The place of a file, kinds as often as they are handed in."""
    kind = rng.choices(list(KINDS.values()), [kind.percent for kind in KINDS.values()])[0]
    return SOURCES.index(rng.choice(list(kind.sources)))
