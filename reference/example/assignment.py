"""The sigmoid and its backward pass: the example that `chainrule new-assignment` writes."""

from reference.spec import Assignment, Contract, Draw, Forward, Function, Gradient, Operation, Part, Step, Tensor

SIGMOID = Function("sigmoid", Operation.OTHER, (Tensor("z", ("N", "D")),), (Tensor("a", ("N", "D")),))
BACKWARD = Function(
    "sigmoid_backward",
    Operation.OTHER,
    (Tensor("z", ("N", "D")), Tensor("dout", ("N", "D"), Draw.UPSTREAM)),
    (Tensor("dz", ("N", "D")),),
)

ASSIGNMENT = Assignment(
    slug="SLUG",
    title="The sigmoid, forward and backward",
    summary="The logistic function of every entry, and the gradient that flows back through it.",
    functions=(SIGMOID, BACKWARD),
    parts=(
        Part("sigmoid", (Contract("sigmoid", 10), Forward("sigmoid", 30))),
        Part(
            "sigmoid_backward",
            (
                Contract("sigmoid_backward", 10),
                Gradient(
                    "sigmoid_backward",
                    {"dz": 50},
                    loss=(Step("sigmoid", ("z",), ("a",)),),
                    wrt={"dz": "z"},
                    upstream="dout",
                ),
            ),
        ),
    ),
)
