"""What a training is built on is read off the checks: its gradient, and what that is made of."""

import pytest

from grader.foundations import foundations
from reference.catalog import Catalog


@pytest.mark.parametrize(
    ("slug", "training", "built_on"),
    [
        ("aarhus-net-classifier", "NetClassifier.fit", ("NetClassifier.cost_grad", "relu", "softmax")),
        ("cs231n-two-layer", "training", ("TwoLayerNet.loss", "scores")),
        ("cs231n-two-layer", "loss_history", ("TwoLayerNet.loss", "scores")),
        (
            "ece421-numpy-nn",
            "train",
            ("backward_prop", "forward_prop", "grad_ce", "compute_layer", "relu", "softmax"),
        ),
        ("ece544-mlp", "train_relu", ("backward_relu_1", "forward_relu_1")),
        ("ece544-mlp", "train_tanh", ("backward_tanh_1", "forward_tanh_1")),
        ("ece544-mlp", "train_tanh_2", ("backward_tanh_2", "forward_tanh_2")),
        ("dlsys-hw0", "nn_epochs", ()),
    ],
)
def test_a_training_is_built_on_its_gradient(slug: str, training: str, built_on: tuple[str, ...]) -> None:
    assignment = Catalog.builtin().get(slug).assignment

    assert foundations(assignment, assignment.function(training)) == built_on
