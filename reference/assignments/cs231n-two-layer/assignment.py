"""A two-layer network as a class: scores, loss and gradients, training, predictions (after CS231n's assignment 1)."""

from reference.spec import (
    BATCHES,
    Action,
    Assignment,
    Computed,
    Constant,
    Contract,
    Draw,
    DrawnBatches,
    Forward,
    Function,
    Given,
    Gradient,
    Group,
    Kinks,
    Operation,
    Part,
    Property,
    Step,
    Tensor,
    Training,
    Variant,
)

HIDDEN = 32
HYPERPARAMETERS = {
    "hidden": HIDDEN,
    "learning_rate": 0.2,
    "learning_rate_decay": 0.98,
    "reg": 1e-4,
    "epochs": 1000,
    "batch_size": 50,
}

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
ONE_EXAMPLE = {"X": "same_rows", "y": "same_labels"}  # whichever examples a batch draws, it is the same one


def conventions(form: str) -> tuple[Variant, ...]:
    """Half the regularisation, the biases regularised too, or both."""
    return (
        Variant(f"{form}_half", "REG_SCALE"),
        Variant(f"{form}_bias", "REG_ON_BIASES_TOO"),
        Variant(f"{form}_half_bias", "REG_ON_BIASES_TOO"),
    )


SCORES = Function(
    "scores",
    Operation.NETWORK_SCORES,
    (X, *PARAMETERS, *SIZES),
    (Tensor("scores", ("N", "C")),),
    recipe=(*NET, Action("call", "@net.loss", ("X",), result="*")),
    bound_to="TwoLayerNet.loss",
)
LOSS = Function(
    "TwoLayerNet.loss",
    Operation.TWO_LAYER_LOSS,
    (X, LABELS, REG, *PARAMETERS, *SIZES),
    (
        Tensor("cost", ()),
        Tensor("d_w1", ("D", "H"), key="W1"),
        Tensor("d_b1", ("H",), key="b1", row=True),
        Tensor("d_w2", ("H", "C"), key="W2"),
        Tensor("d_b2", ("C",), key="b2", row=True),
    ),
    # Both conventions are in use; what counts is that the gradients are those of the loss.
    variants=conventions("loss"),
    recipe=(*NET, Action("call", "@net.loss", ("X", "y", "reg"), result="*")),
)
PREDICT = Function(
    "TwoLayerNet.predict",
    Operation.PREDICT,
    (X, *PARAMETERS, *SIZES),
    (Tensor("prediction", ("N",), column=True),),
    recipe=(*NET, Action("call", "@net.predict", ("X",), result="*")),
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
            (*TRAIN_DATA, "learning_rate", Constant(1.0), "reg", Constant(1), "batch_size"),
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
            (*TRAIN_DATA, "learning_rate", "learning_rate_decay", "reg", Constant(2), "batch_size"),
        ),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
HISTORY = Function(
    "loss_history",
    Operation.OTHER,
    (X, LABELS, *VALIDATION, RATE, REG, ALL, *PARAMETERS, *SIZES),  # ALL: for the student's own steps
    (Tensor("loss_history", ("3",)),),
    variants=conventions("loss_history"),
    recipe=(
        *NET,
        # Batches of one, so that an epoch has several: one loss is asked for each iteration.
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, "learning_rate", Constant(1.0), "reg", Constant(3), Constant(1)),
            result="*",
        ),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
DRAWN = Function(
    "batches",
    Operation.OTHER,
    (X, LABELS, *VALIDATION, RATE, *PARAMETERS, *SIZES),
    NEW,
    recipe=(
        *NET,
        # As many steps as are counted afterwards, each on one example and without regularisation.
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, "learning_rate", Constant(1.0), Constant(0.0), Constant(BATCHES), Constant(1)),
        ),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
    settled=ONE_EXAMPLE,
)
TRAIN = Function(
    "training",
    Operation.TRAIN,
    (X, LABELS, *VALIDATION, *PARAMETERS, *SIZES),
    NEW,
    recipe=(
        *NET,
        Action(
            "call",
            "@net.train",
            (*TRAIN_DATA, Constant(0.2), Constant(0.98), Constant(1e-4), Constant(1000), Constant(50)),
        ),
        Action("get", "@net.params", result="*"),
    ),
    bound_to="TwoLayerNet.train",
)

SCORES_STEP = Step("scores", ("X", *NAMES, *SIZE_NAMES), ("z2",))
OWN = tuple(f"own_{name}" for name in GRADIENTS)
LOSS_STEP = Step("TwoLayerNet.loss", ("X", "y", "reg", *NAMES, *SIZE_NAMES), ("own_cost", *OWN))
HIDDEN_STEP = Computed("hidden_pre_activations", ("X", "W1", "b1"), ("z1",))
GIVEN = tuple(
    Given((HIDDEN_STEP, SCORES_STEP), form, ("X", "y", "W1", "W2", "reg", "z1", "z2"))
    for form in ("loss_given", "loss_given_half")
)
GIVEN_STEP = (Given((LOSS_STEP,), "step_given", ("learning_rate", *NAMES, *OWN)),)
AFTER, OWN_AFTER = (tuple(f"{name}_after" for name in names) for names in (NAMES, OWN))
LAST, OWN_LAST = (tuple(f"{name}_last" for name in names) for names in (NAMES, OWN))
SECOND_LOSS = Step("TwoLayerNet.loss", ("X", "y", "reg", *AFTER, *SIZE_NAMES), ("cost_after", *OWN_AFTER))
THIRD_LOSS = Step("TwoLayerNet.loss", ("X", "y", "reg", *LAST, *SIZE_NAMES), ("cost_last", *OWN_LAST))
GIVEN_TWO_STEPS = (
    Given(
        (LOSS_STEP, Computed("step_given", ("learning_rate", *NAMES, *OWN), AFTER), SECOND_LOSS),
        "decayed_step_given",
        ("learning_rate", "learning_rate_decay", *AFTER, *OWN_AFTER),
    ),
)
STEPPED = (*TRAIN_DATA, "learning_rate", "reg", "batch_size")
GIVEN_HISTORY = (
    Given(
        (
            LOSS_STEP,
            Step("one_step", (*STEPPED, *NAMES, *SIZE_NAMES), AFTER),
            SECOND_LOSS,
            Step("one_step", (*STEPPED, *AFTER, *SIZE_NAMES), LAST),
            THIRD_LOSS,
        ),
        "history_given",
        ("own_cost", "cost_after", "cost_last"),
    ),
)
COST = "TwoLayerNet.loss"

ASSIGNMENT = Assignment(
    slug="cs231n-two-layer",
    title="Two-layer network",
    summary="A class with one hidden ReLU layer: scores, regularised loss and gradients, random batches, predictions.",
    functions=(SCORES, LOSS, PREDICT, STEP, DECAYED, HISTORY, DRAWN, TRAIN),
    parts=(
        Part("scores", (Contract("scores", 3), Forward("scores", 12))),
        Part(
            "loss",
            (
                Contract(COST, 5),
                Forward(COST, 15, given=GIVEN, results=("cost",)),
                Property(COST, 5, "raised_hidden_unit", results=("cost",)),
            ),
        ),
        Part(
            "gradients",
            (
                Gradient(
                    COST,
                    {"d_w1": 13, "d_b1": 4, "d_w2": 13, "d_b2": 5},
                    loss=(Step(COST, ("X", "y", "reg", *NAMES, *SIZE_NAMES), ("cost", *OWN)),),
                    wrt=GRADIENTS,
                    objective="cost",
                    given=GIVEN,
                    kinks=Kinks("hidden_pre_activations", ("X", "W1", "b1")),
                    own_share=0.5,
                ),
            ),
        ),
        Part(
            "predict",
            (
                Contract("TwoLayerNet.predict", 2),
                Forward("TwoLayerNet.predict", 8, given=(Given((SCORES_STEP,), "predict_given", ("z2",)),)),
            ),
        ),
        Part(
            "train",
            (
                Forward("one_step", 2, given=GIVEN_STEP),
                Forward("two_steps", 2, given=GIVEN_TWO_STEPS),
                Forward("loss_history", 1, given=GIVEN_HISTORY),
                DrawnBatches("batches", 2, gradient="TwoLayerNet.loss"),
                Training(
                    "training",
                    8,
                    dataset="digits",
                    hyperparameters=HYPERPARAMETERS,
                    # Over 1000 redrawn splits: mean .9634, standard deviation .0092, least .9325; 6.9 deviations below.
                    threshold=0.9,
                    correct_passes=0.999,
                    calibration_runs=1000,
                    curve_epochs=(),
                    wall_seconds=60.0,
                    hidden=HIDDEN,
                    probabilities="probabilities",
                ),
            ),
        ),
    ),
)
