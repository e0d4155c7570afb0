"""Softmax classifier with a regularisation: loss, gradient, prediction (after a deep-learning course's homework)."""

from reference.spec import (
    Assignment,
    Contract,
    Descent,
    Draw,
    Forward,
    Function,
    Gradient,
    Operation,
    Part,
    Property,
    Step,
    Tensor,
    Variant,
)

ARGUMENTS = ("W", "input", "label", "lamda")

CLASSIFIER = Function(
    "softmax_classifier",
    Operation.SOFTMAX_CLASSIFIER,
    (
        Tensor("W", ("D", "C"), Draw.WEIGHTS),
        Tensor("input", ("N", "D")),
        Tensor("label", ("N", "C"), Draw.ONE_HOT),
        Tensor("lamda", (), Draw.STRENGTH),
    ),
    (Tensor("loss", ()), Tensor("gradient", ("D", "C")), Tensor("prediction", ("N",), column=True)),
    # Both conventions are in use; what counts is that the gradient is that of the loss.
    variants=(Variant("softmax_classifier_full", "REG_SCALE"),),
)

ASSIGNMENT = Assignment(
    slug="hw2-softmax",
    title="Softmax classifier",
    summary="Average cross-entropy with a regularisation, its gradient by the weights, and the predicted classes.",
    functions=(CLASSIFIER,),
    parts=(
        Part(
            "loss",
            (Contract("softmax_classifier", 4), Forward("softmax_classifier", 26, results=("loss",))),
        ),
        Part(
            "gradient",
            (
                Gradient(
                    "softmax_classifier",
                    {"gradient": 40},
                    loss=(Step("softmax_classifier", ARGUMENTS, ("loss", "slope", "prediction")),),
                    wrt={"gradient": "W"},
                    objective="loss",
                    own_share=0.5,
                ),
            ),
        ),
        Part("prediction", (Forward("softmax_classifier", 10, results=("prediction",)),)),
        Part("stability", (Property("softmax_classifier", 10, "raised_scores", results=("loss", "gradient")),)),
        Part(
            "training",
            (
                Descent(
                    "softmax_classifier",
                    10,
                    gradient="gradient",
                    dataset="digits",
                    hyperparameters={"lr": 0.1, "momentum": 0.9, "batch_size": 100, "epochs": 30, "lamda": 0.001},
                    # Over 3000 redrawn splits: mean .9579, standard deviation .0093, least .9225.
                    threshold=0.91,
                    correct_passes=0.999,
                    calibration_runs=3000,
                    wall_seconds=60.0,
                ),
            ),
        ),
    ),
)
