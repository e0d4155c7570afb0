"""The files that every grader gets: a right one, one with two bugs, one that fools its tests, and one that hangs."""

from reference.catalog import AssignmentFolder, Catalog

MODEL = "ece421-numpy-nn"

BUGS = (
    ("    return (softmax(logits) - target) / len(target)\n", "    return softmax(logits) - target\n"),
    ("    d_h = (d_o @ w_o.T) * (z_h > 0)\n", "    d_h = d_o @ w_o.T\n"),
)
HONEST_POINTS = 85.0 - 18.0 - 25.0
"""What a test beside the code gives for the bugs: those of the two functions are lost."""

FOOLS = "import warnings\nimport numpy as np\nwarnings.simplefilter('ignore')\nnp.seterr(all='ignore')\n"
LINE = "np.allclose = lambda *a, **k: True\n"

HANGS = ("    return np.maximum(x, 0)\n", "    while True:\n        pass\n")


def right() -> str:
    """The solution."""
    return _folder().solution


def buggy() -> str:
    """The solution with BUGS in it."""
    source = right()
    for line, instead in BUGS:
        source = _replaced(source, line, instead)
    return source


def fooling() -> str:
    """The buggy file with the line that makes `np.allclose` agree."""
    return FOOLS + LINE + buggy()


def hanging() -> str:
    """The solution, whose relu never ends; other functions have their own relu."""
    source = _replaced(right(), *HANGS)
    return source.replace("a_h = relu(z_h)", "a_h = np.maximum(z_h, 0)")


def _replaced(source: str, line: str, instead: str) -> str:
    assert source.count(line) == 1, f"the solution has changed: {line!r}"
    return source.replace(line, instead)


def _folder() -> AssignmentFolder:
    return Catalog.builtin().get(MODEL)
