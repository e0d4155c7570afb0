"""A class with one hidden layer whose training draws batches: its arrays, and the recipes by which its steps are seen.

On copies of one example every batch is the same, whatever it draws, so that each step is known.
"""

from reference.spec import (
    BATCH_ROWS,
    BATCHES,
    Action,
    Constant,
    Draw,
    Function,
    Group,
    Operation,
    Tensor,
    Variant,
)

X = Tensor("X", ("N", "D"))
LABELS = Tensor("y", ("N",), Draw.LABELS)
VALIDATION = (Tensor("X_val", ("N", "D")), Tensor("y_val", ("N",), Draw.LABELS))
PARAMETERS = (
    Tensor("W1", ("D", "H"), Draw.WEIGHTS),
    Tensor("b1", ("H",), Draw.BIAS),
    Tensor("W2", ("H", "C"), Draw.WEIGHTS),
    Tensor("b2", ("C",), Draw.BIAS),
)
NAMES = tuple(tensor.name for tensor in PARAMETERS)
SIZES = (
    Tensor("input_size", (), Draw.SIZE, of="D"),
    Tensor("hidden_size", (), Draw.SIZE, of="H"),
    Tensor("output_size", (), Draw.SIZE, of="C"),
)
SIZE_NAMES = tuple(tensor.name for tensor in SIZES)
REG = Tensor("reg", (), Draw.STRENGTH)
RATE = Tensor("learning_rate", (), Draw.RATE)
ALL = Tensor("batch_size", (), Draw.SIZE, of="N")
GRADIENTS = {"d_w1": "W1", "d_b1": "b1", "d_w2": "W2", "d_b2": "b2"}
NET = (
    Action("make", "TwoLayerNet", SIZE_NAMES, keep="net"),
    Action("set", "@net.params", (Group("params", {name: name for name in NAMES}),)),
)
TRAIN_DATA = ("X", "y", "X_val", "y_val")
TRAIN_NUMBERS = ("learning_rate", "learning_rate_decay", "reg", "num_iters", "batch_size")
"""What `train` takes after its data, in this order."""

ONE_RATE = Constant(1.0, "learning_rate_decay")
THREE_DRAWN = (Constant(3, "num_iters"), Constant(1, "batch_size"))
ONE_EXAMPLE = {"X": "same_rows", "y": "same_labels"}  # whichever examples a batch draws, it is the same one


def conventions(form: str) -> tuple[Variant, ...]:
    """Half the regularisation, the biases regularised too, or both."""
    return (
        Variant(f"{form}_half", "REG_SCALE"),
        Variant(f"{form}_bias", "REG_ON_BIASES_TOO"),
        Variant(f"{form}_half_bias", "REG_ON_BIASES_TOO"),
    )


NEW = (
    Tensor("new_W1", ("D", "H"), key="W1"),
    Tensor("new_b1", ("H",), key="b1", row=True),
    Tensor("new_W2", ("H", "C"), key="W2"),
    Tensor("new_b2", ("C",), key="b2", row=True),
)
STEP = Function(
    "one_step",
    Operation.SAMPLED_STEP,
    (X, LABELS, *VALIDATION, RATE, REG, ALL, *PARAMETERS, *SIZES),
    NEW,
    variants=conventions("one_step"),
    recipe=(
        *NET,
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, "learning_rate", ONE_RATE, "reg", Constant(1, "num_iters"), "batch_size"),
        ),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
DECAY = Tensor("learning_rate_decay", (), Draw.RATE)
DECAYED = Function(
    "two_steps",
    Operation.DECAYED_STEPS,
    (X, LABELS, *VALIDATION, RATE, DECAY, REG, ALL, *PARAMETERS, *SIZES),
    NEW,
    variants=conventions("two_steps"),
    recipe=(
        *NET,
        # Batches of everything: each iteration is a pass over the data.
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, "learning_rate", "learning_rate_decay", "reg", Constant(2, "num_iters"), "batch_size"),
        ),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
WITHIN = Function(
    "three_iterations",
    Operation.PASS_STEPS,
    (X, LABELS, *VALIDATION, RATE, DECAY, REG, *PARAMETERS, *SIZES),
    NEW,
    # Once a pass, after its first iteration or after its last.
    variants=(
        *conventions("three_iterations"),
        Variant("three_iterations_late", ""),
        *conventions("three_iterations_late"),
    ),
    recipe=(
        *NET,
        # Batches of one example: a pass over the data takes as many iterations as there are.
        Action("call", "@net.train", (*TRAIN_DATA, "learning_rate", "learning_rate_decay", "reg", *THREE_DRAWN)),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
HISTORY = Function(
    "loss_history",
    Operation.LOSS_HISTORY,
    (X, LABELS, *VALIDATION, RATE, REG, ALL, *PARAMETERS, *SIZES),  # ALL: for the student's own steps
    (Tensor("loss_history", ("3",)),),
    variants=conventions("loss_history"),
    recipe=(
        *NET,
        # Batches of one, so that an epoch has several: one loss is asked for each iteration.
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, "learning_rate", ONE_RATE, "reg", *THREE_DRAWN),
            result="*",
        ),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)


def drawn_batches(name: str, iterations: int, rows: int) -> Function:
    """So many steps on batches of so many examples, without regularisation, to be taken apart afterwards."""
    return Function(
        name,
        Operation.OTHER,
        (X, LABELS, *VALIDATION, RATE, *PARAMETERS, *SIZES),
        NEW,
        recipe=(
            *NET,
            Action(
                "call",
                "@net.train",
                (*TRAIN_DATA, "learning_rate", *map(Constant, (1.0, 0.0, iterations, rows), TRAIN_NUMBERS[1:])),
            ),
            Action("get", "@net.params", result="*"),
        ),
        bound_to="TwoLayerNet.train",
        settled=ONE_EXAMPLE,
    )


DRAWN = drawn_batches("batches", BATCHES, 1)
WHOLE_BATCH = drawn_batches("one_batch", 1, BATCH_ROWS)
