"""Whether a file behaves otherwise than the solution, on slips that were read and judged by hand."""

import pytest

from grader.audit.behaviour import Behaviour
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox


def _changed(slug: str, function: str, before: str, after: str) -> bool:
    folder = Catalog.builtin().get(slug)
    assert before in folder.solution
    behaviour = Behaviour(folder, InProcessSandbox(1.0))
    return behaviour.changed(folder.solution.replace(before, after), frozenset({function}))


@pytest.mark.parametrize(
    ("slug", "function", "before", "after", "changed"),
    [
        ("ece421-numpy-nn", "relu", "np.maximum(x, 0)", "np.maximum(0, x)", False),
        ("ece421-numpy-nn", "relu", "np.maximum(x, 0)", "np.maximum(x, 1e-3)", True),
        ("ece421-numpy-nn", "relu", "return np.maximum(x, 0)", "np.maximum(x, 0)", True),
        ("ece421-numpy-nn", "relu", "return np.maximum(x, 0)", "np.maximum(x, 0, out=x)\n    return x", True),
        ("ece421-numpy-nn", "relu", "return np.maximum(x, 0)", "raise ValueError", True),
        ("ece421-numpy-nn", "relu", "def relu(x)", "def re_lu(x)", True),
        ("ece421-numpy-nn", "softmax", "logits.max(axis=1", "logits.max(axis=-1", False),
        ("ece421-numpy-nn", "softmax", "logits.max(axis=1", "logits.mean(axis=1", True),  # overflows
        ("ece421-numpy-nn", "backward_prop", "(z_h > 0)", "(z_h >= 0)", False),
        ("ece421-numpy-nn", "backward_prop", "d_o.sum(axis=0, keepdims=True)", "d_o.sum(axis=0)", False),
        ("ece421-numpy-nn", "train", "gamma=0.9", "gamma=0.5", False),  # every call says it
        ("ece421-numpy-nn", "train", "(D + hidden)", "D", True),
        ("ece421-numpy-nn", "train", "gamma * v", "v", True),
        ("aarhus-net-classifier", "NetClassifier.fit", "self.score(X, y, params)", "1.0", True),
        ("cs231n-two-layer", "one_step", "replace=False", "replace=True", False),
        ("cs231n-two-layer", "training", "replace=False", "replace=True", True),
        ("hw2-layers-mlp", "SGD", "self.weightDecay * layer.W", "layer.W", True),
    ],
)
def test_only_what_was_asked_for_is_a_change(slug: str, function: str, before: str, after: str, changed: bool) -> None:
    assert _changed(slug, function, before, after) is changed


def test_every_solution_behaves_as_itself() -> None:
    catalog = Catalog.builtin()
    for slug in catalog.slugs():
        folder = catalog.get(slug)
        names = frozenset(function.name for function in folder.assignment.functions)

        assert not Behaviour(folder, InProcessSandbox()).changed(folder.solution, names)
