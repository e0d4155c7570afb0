"""Neural network in NumPy: one hidden ReLU layer, softmax, cross-entropy, momentum (after Toronto's ECE421)."""

from reference.spec import (
    Alias,
    Assignment,
    Contract,
    Draw,
    Forward,
    Function,
    Given,
    Gradient,
    Kinks,
    Operation,
    Part,
    Reading,
    Stability,
    Step,
    Tensor,
    Training,
    UpdateRule,
)

X = Tensor("x", ("N", "D"))
TARGET = Tensor("target", ("N", "C"), Draw.ONE_HOT)
NETWORK = (
    Tensor("w_h", ("D", "H"), Draw.WEIGHTS),
    Tensor("b_h", ("1", "H"), Draw.BIAS),
    Tensor("w_o", ("H", "C"), Draw.WEIGHTS),
    Tensor("b_o", ("1", "C"), Draw.BIAS),
)
WEIGHTS = ("w_h", "b_h", "w_o", "b_o")
HYPERPARAMETERS = {"hidden": 64, "lr": 0.1, "gamma": 0.9, "epochs": 200}

LAYER_WORDS = (("x", "input", "data"), ("w",), ("b",))

RELU = Function("relu", Operation.RELU, (X,), (Tensor("a", ("N", "D")),))
SOFTMAX = Function(
    "softmax", Operation.SOFTMAX, (Tensor("logits", ("N", "C"), Draw.LOGITS),), (Tensor("p", ("N", "C")),)
)
COMPUTE_LAYER = Function(
    "compute_layer",
    Operation.LINEAR,
    (X, Tensor("w", ("D", "H"), Draw.WEIGHTS), Tensor("b", ("1", "H"), Draw.BIAS)),
    (Tensor("z", ("N", "H")),),
    # The 2019 handout asked for weights, input, bias, and its starter had input, weights, bias.
    aliases=(Alias("computeLayer", words=LAYER_WORDS), Alias("compute", words=LAYER_WORDS)),
)
AVERAGE_CE = Function(
    "average_ce",
    Operation.CROSS_ENTROPY,
    (TARGET, Tensor("prediction", ("N", "C"), Draw.PROBABILITIES)),
    (Tensor("loss", ()),),
    # The 2019 handout's CE accepts the average or the total, and does not say whether its prediction has been through
    # the softmax.
    aliases=(
        Alias("averageCE", ("average_ce", "average_ce_logits")),
        Alias("CE", ("average_ce", "total_ce", "average_ce_logits", "total_ce_logits")),
    ),
)
GRAD_CE = Function(
    "grad_ce",
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT,
    (TARGET, Tensor("logits", ("N", "C"), Draw.LOGITS)),
    (Tensor("d_logits", ("N", "C")),),
    # The 2019 handout asks for the derivative by the softmax outputs; students of later years kept its spelling.
    aliases=(
        Alias(
            "gradCE",
            (
                "grad_ce_probability_mean",
                "grad_ce_probability_total",
                "grad_ce",
                "grad_ce_softmax_mean",
                "grad_ce_softmax_total",
                "grad_ce_given",
                "grad_ce_given_total",
                "grad_ce_total",
            ),
        ),
    ),
    # Who takes a prediction has taken the softmax before; the derivative by the logits is asked all the same.
    readings=(
        Reading(
            frozenset({"prediction", "predictions", "probabilities", "probs", "y_hat", "yhat", "y_pred"}),
            ("grad_ce", "grad_ce_given"),
        ),
    ),
)
FORWARD_PROP = Function(
    "forward_prop",
    Operation.NETWORK_FORWARD,
    (X, *NETWORK),
    (Tensor("z_h", ("N", "H")), Tensor("a_h", ("N", "H")), Tensor("z_o", ("N", "C")), Tensor("p", ("N", "C"))),
)
BACKWARD_PROP = Function(
    "backward_prop",
    Operation.NETWORK_BACKWARD,
    (X, TARGET, *NETWORK),
    (
        Tensor("dW_h", ("D", "H")),
        Tensor("db_h", ("1", "H")),
        Tensor("dW_o", ("H", "C")),
        Tensor("db_o", ("1", "C")),
    ),
)
TRAIN = Function(
    "train",
    Operation.TRAIN,
    (X, Tensor("t", ("N", "C"), Draw.ONE_HOT), Tensor("xv", ("N", "D")), Tensor("tv", ("N", "C"), Draw.ONE_HOT)),
    NETWORK,
)

FORWARD_STEPS = (
    Step("compute_layer", ("x", "w_h", "b_h"), ("z_h",)),
    Step("relu", ("z_h",), ("a_h",)),
    Step("compute_layer", ("a_h", "w_o", "b_o"), ("z_o",)),
    Step("softmax", ("z_o",), ("p",)),
)
FORWARD_STEP = Step("forward_prop", ("x", *WEIGHTS), ("z_h", "a_h", "z_o", "p"))
DELTA_STEP = Step("grad_ce", ("target", "z_o"), ("d_logits",))
GIVEN_FORWARD = ("x", "target", "w_o", "z_h", "a_h")

ASSIGNMENT = Assignment(
    slug="ece421-numpy-nn",
    title="Neural network in NumPy",
    summary="One hidden ReLU layer, softmax and cross-entropy, trained with momentum.",
    functions=(RELU, SOFTMAX, COMPUTE_LAYER, AVERAGE_CE, GRAD_CE, FORWARD_PROP, BACKWARD_PROP, TRAIN),
    parts=(
        Part("relu", (Contract("relu", 2), Forward("relu", 6))),
        Part(
            "softmax",
            (Contract("softmax", 2), Forward("softmax", 6), Stability("softmax", 4, ("huge_logits", "offset_rows"))),
        ),
        Part("compute_layer", (Contract("compute_layer", 2), Forward("compute_layer", 6))),
        Part(
            "average_ce",
            (Contract("average_ce", 2), Forward("average_ce", 8), Stability("average_ce", 4, ("zero_probability",))),
        ),
        Part(
            "grad_ce",
            (
                Contract("grad_ce", 2),
                Gradient(
                    "grad_ce",
                    {"d_logits": 16},
                    loss=(
                        Step("softmax", ("logits",), ("p",)),
                        Step("average_ce", ("target", "p"), ("loss",)),
                    ),
                    wrt={"d_logits": "logits"},
                    given=(Given((Step("softmax", ("logits",), ("p",)),), "grad_ce_given", ("target", "p")),),
                ),
            ),
        ),
        Part(
            "backward_prop",
            (
                Contract("backward_prop", 2),
                Forward("forward_prop", 3, given=(Given(FORWARD_STEPS),)),
                Gradient(
                    "backward_prop",
                    {"dW_h": 8, "db_h": 2, "dW_o": 8, "db_o": 2},
                    loss=(
                        FORWARD_STEP,
                        Step("average_ce", ("target", "p"), ("loss",)),
                    ),
                    wrt={"dW_h": "w_h", "db_h": "b_h", "dW_o": "w_o", "db_o": "b_o"},
                    given=(
                        Given((FORWARD_STEP,), "backward_prop_given", (*GIVEN_FORWARD, "p")),
                        Given((FORWARD_STEP, DELTA_STEP), "backward_prop_given_delta", (*GIVEN_FORWARD, "d_logits")),
                    ),
                    kinks=Kinks("hidden_pre_activations", ("x", "w_h", "b_h")),
                ),
            ),
        ),
        Part(
            "training",
            (
                # Other values than the defaults: a rate or a gamma written into the loop shows.
                UpdateRule(
                    "train",
                    6,
                    {**HYPERPARAMETERS, "hidden": 16, "lr": 0.07, "gamma": 0.8},
                    gradient="backward_prop",
                    probabilities="probabilities",
                    last_epoch=True,
                ),
                Training(
                    "train",
                    9,
                    dataset="digits",
                    hyperparameters=HYPERPARAMETERS,
                    threshold=0.92,
                    correct_passes=0.999,
                    calibration_runs=3670,
                    curve_epochs=(1, 5, 15, 50, 100),
                    wall_seconds=60.0,
                ),
            ),
        ),
    ),
    layout_function="compute_layer",
)
