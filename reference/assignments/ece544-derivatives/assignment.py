"""Pencil and paper, executable: five derivations as code (after ECE 544NA, Fall 2016, assignment 2, part I)."""

from reference.spec import (
    Assignment,
    Cases,
    Contract,
    Draw,
    Forward,
    Function,
    Gradient,
    Kinks,
    Operation,
    Part,
    Property,
    Stability,
    Step,
    Tensor,
    Variant,
)

OWN_SHARE = 0.5
"""What a derivative keeps that is right for the student's own, wrong forward."""

YHAT = Tensor("yhat", ("N", "C"), Draw.PROBABILITIES)
LABELS = Tensor("y", ("N",), Draw.LABELS)
SIGNAL = Tensor("x", ("L",))
LENGTH = Tensor("n", (), Draw.SIZE, of="L")
WINDOW = Tensor("W", (), Draw.SIZE, of="W")
KERNEL = Tensor("w", ("3",))
POOLED = Tensor("y", ("V",))
UP_POOLED = Tensor("dy", ("V",), Draw.UPSTREAM)

SOFTMAX_JACOBIAN = Function(
    "softmax_jacobian", Operation.SOFTMAX_JACOBIAN, (Tensor("z", ("C",), Draw.LOGITS),), (Tensor("J", ("C", "C")),)
)
NLL = Function("nll", Operation.LIKELIHOOD, (YHAT, LABELS), (Tensor("loss", ()),))
NLL_GRAD = Function("nll_grad", Operation.LIKELIHOOD_GRADIENT, (YHAT, LABELS), (Tensor("dyhat", ("N", "C")),))
AVG_POOL = Function("avg_pool1d", Operation.AVERAGE_POOL, (SIGNAL, WINDOW), (POOLED,))
AVG_POOL_BACKWARD = Function(
    "avg_pool1d_backward", Operation.AVERAGE_POOL_BACKWARD, (UP_POOLED, LENGTH, WINDOW), (Tensor("dx", ("L",)),)
)
MAX_POOL = Function("max_pool1d", Operation.MAX_POOL, (SIGNAL, WINDOW), (POOLED,))
MAX_POOL_BACKWARD = Function(
    "max_pool1d_backward",
    Operation.MAX_POOL_BACKWARD,
    (UP_POOLED, SIGNAL, WINDOW),
    (Tensor("dx", ("L",)),),
    # On a tie each of these is a derivative too (a subgradient); the whole gradient to several entries is not.
    variants=(Variant("max_pool1d_backward_last", "TIE_RULE"), Variant("max_pool1d_backward_shared", "TIE_RULE")),
)
CONV = Function("conv1d", Operation.CONVOLUTION, (SIGNAL, KERNEL), (Tensor("y", ("L",)),))
CONV_BACKWARD = Function(
    "conv1d_backward",
    Operation.CONVOLUTION_BACKWARD,
    (Tensor("dy", ("L",), Draw.UPSTREAM), SIGNAL, KERNEL),
    (Tensor("dx", ("L",)), Tensor("dw", ("3",))),
)

ASSIGNMENT = Assignment(
    slug="ece544-derivatives",
    title="Pencil and paper, executable",
    summary="Softmax Jacobian, likelihood, pooling and convolution in one dimension, forward and backward.",
    functions=(
        SOFTMAX_JACOBIAN,
        NLL,
        NLL_GRAD,
        AVG_POOL,
        AVG_POOL_BACKWARD,
        MAX_POOL,
        MAX_POOL_BACKWARD,
        CONV,
        CONV_BACKWARD,
    ),
    parts=(
        Part(
            "softmax",
            (
                Contract("softmax_jacobian", 2),
                Forward("softmax_jacobian", 8),
                Stability("softmax_jacobian", 2, ("huge_vector", "low_vector")),
                Property("softmax_jacobian", 1, "rows_sum_to_zero"),
                Property("softmax_jacobian", 2, "shift_invariance"),
            ),
        ),
        Part(
            "likelihood",
            (
                Contract("nll", 2),
                Forward("nll", 5),
                Contract("nll_grad", 2),
                Gradient(
                    "nll_grad",
                    {"dyhat": 6},
                    loss=(Step("nll", ("yhat", "y"), ("loss",)),),
                    wrt={"dyhat": "yhat"},
                    own_share=OWN_SHARE,
                ),
            ),
        ),
        Part(
            "avg_pool",
            (
                Contract("avg_pool1d", 2),
                Forward("avg_pool1d", 6),
                Contract("avg_pool1d_backward", 2),
                Gradient(
                    "avg_pool1d_backward",
                    {"dx": 8},
                    loss=(Step("avg_pool1d", ("x", "W"), ("y",)),),
                    wrt={"dx": "x"},
                    upstream="dy",
                    drawn=(SIGNAL,),
                    own_share=OWN_SHARE,
                ),
                Property("avg_pool1d_backward", 2, "linear_in_upstream"),
            ),
        ),
        Part(
            "max_pool",
            (
                Contract("max_pool1d", 2),
                Forward("max_pool1d", 4),
                Cases("max_pool1d", 1, ("very_low",)),
                Contract("max_pool1d_backward", 2),
                Gradient(
                    "max_pool1d_backward",
                    {"dx": 5},
                    loss=(Step("max_pool1d", ("x", "W"), ("y",)),),
                    wrt={"dx": "x"},
                    upstream="dy",
                    kinks=Kinks("window_differences", ("x", "W")),
                    own_share=OWN_SHARE,
                ),
                Property("max_pool1d_backward", 2, "linear_in_upstream"),
                Cases("max_pool1d_backward", 4, ("ties",)),
                Cases("max_pool1d_backward", 4, ("outside_window",)),
                Cases("max_pool1d_backward", 1, ("very_low",)),
            ),
        ),
        Part(
            "conv",
            (
                Contract("conv1d", 2),
                Forward("conv1d", 8),
                Contract("conv1d_backward", 2),
                Gradient(
                    "conv1d_backward",
                    {"dx": 6, "dw": 5},
                    loss=(Step("conv1d", ("x", "w"), ("y",)),),
                    wrt={"dx": "x", "dw": "w"},
                    upstream="dy",
                    own_share=OWN_SHARE,
                ),
                Property("conv1d_backward", 2, "linear_in_upstream"),
            ),
        ),
    ),
)
