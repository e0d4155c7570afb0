"""The slips that are planted, and how it is decided whether they change anything."""

import pytest

from reference.catalog import Catalog
from reference.spec import Function
from tests.students import behaviour
from tests.students.mutation import mutants
from tests.students.snippets import Snippet

SOURCE = '''"""Style: any."""
import numpy as np


def softmax(logits):
    """Rows."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
'''
AFTER = {
    "e / e.sum(axis=0, keepdims=True)",
    "e / e.mean(axis=1, keepdims=True)",
    "e * e.sum(axis=1, keepdims=True)",
    "e / e.sum(axis=1)",
    "e / e.sum(keepdims=True)",
    "e / e.sum(axis=1, keepdims=False)",
    "-(e / e.sum(axis=1, keepdims=True))",
    "logits / e.sum(axis=1, keepdims=True)",
    "e",
}


def test_the_usual_slips_are_planted_once_each() -> None:
    planted = list(mutants(Snippet("softmax", "plain", SOURCE)))
    returns = {mutant.snippet.source.splitlines()[-1].strip().removeprefix("return ") for mutant in planted}

    assert returns >= AFTER
    assert len({mutant.snippet.source for mutant in planted}) == len(planted)
    assert len({mutant.key for mutant in planted}) >= 25
    assert all('"""Rows."""' in mutant.snippet.source for mutant in planted)


def _function(name: str) -> Function:
    return Catalog.builtin().get("ece421-numpy-nn").assignment.function(name)


@pytest.mark.parametrize(
    ("name", "right", "other", "changed"),
    [
        ("relu", "def relu(x): return np.maximum(x, 0)", "def relu(x): return x * (x > 0)", False),
        ("relu", "def relu(x): return np.maximum(x, 0)", "def relu(x): return np.maximum(x, 1e-3)", True),
        ("relu", "def relu(x): return np.maximum(x, 0)", "def relu(x):\n    x[x < 0] = 0\n    return x", True),
        ("relu", "def relu(x): return np.maximum(x, 0)", "def relu(x):\n    while True: pass", True),
        ("relu", "def relu(x): return np.maximum(x, 0)", "def relu(x): return np.maximum(x, 0).ravel()", True),
        (
            "average_ce",
            "def average_ce(t, p): return -np.sum(t * np.log(p + 1e-15)) / len(t)",
            "def average_ce(t, p): return -np.sum(t * np.log(p + 1e-7)) / len(t)",
            False,
        ),
        (
            "average_ce",
            "def average_ce(t, p): return -np.sum(t * np.log(p + 1e-15)) / len(t)",
            "def average_ce(t, p): return -np.sum(t * np.log(p + 1e-4)) / len(t)",
            True,
        ),
    ],
)
def test_only_what_the_handout_forbids_is_a_change(name: str, right: str, other: str, changed: bool) -> None:
    one, two = (behaviour.names(f"import numpy as np\n{source}\n") for source in (right, other))

    assert behaviour.changed(_function(name), (), one, two) is changed


TRAIN = Catalog.builtin().get("ece421-numpy-nn").solution


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("np.sqrt(2 / (D + hidden))", "0.3", False),
        ("np.sqrt(2 / (D + hidden))", "0.0", True),
        ("gamma * v", "v", True),
        ("range(epochs)", "range(epochs + 1)", True),
        ("lr * g", "0.05 * g", True),
    ],
)
def test_a_training_is_judged_by_its_steps_and_not_by_its_start(before: str, after: str, changed: bool) -> None:
    assert before in TRAIN
    one, two = behaviour.names(TRAIN), behaviour.names(TRAIN.replace(before, after))

    assert behaviour.changed(_function("train"), (), one, two) is changed
