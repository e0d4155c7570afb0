"""A perceptron from scratch: any depth, three activations (after ECE 544NA, Fall 2016, assignment 2, part II)."""

from reference.spec import (
    Action,
    Assignment,
    Cases,
    Computed,
    Constant,
    Contract,
    Draw,
    Experiment,
    Forward,
    Function,
    Given,
    Gradient,
    Group,
    Kinks,
    Operation,
    Part,
    Run,
    Step,
    Tensor,
    Training,
    UpdateRule,
)

ACTIVATIONS = ("relu", "sigmoid", "tanh")
AXES = {1: ("D", "H", "C"), 2: ("D", "H", "G", "C")}
X = Tensor("X", ("N", "D"))
T = Tensor("T", ("N", "C"), Draw.ONE_HOT)
LABELS = Tensor("y", ("N",), Draw.LABELS)
DATA = (X, LABELS, Tensor("Xv", ("N", "D")), Tensor("yv", ("N",), Draw.LABELS))
HIDDEN_UNITS, SEED = Tensor("hidden", (), Draw.SIZE, of="H"), Tensor("seed", (), Draw.SEED)
GENERATOR = Action("call", "numpy.random.default_rng", ("seed",), keep="rng")
OUT = Action("call", "@out.__getitem__", (Constant(0),), result="probs")
CACHE = Action("call", "@out.__getitem__", (Constant(1),), keep="cache")


def names(depth: int) -> tuple[str, ...]:
    """W1, b1, W2, b2 and so on, for `depth` hidden layers."""
    return tuple(f"{letter}{layer}" for layer in range(1, depth + 2) for letter in "Wb")


def tensors(depth: int, prefix: str = "", axes: tuple[str, ...] = ()) -> tuple[Tensor, ...]:
    """Weights and biases of all layers, or their gradients under a prefix. axes: where they are others."""
    found = []
    for name in names(depth):
        before, after = (axes or AXES[depth])[int(name[1]) - 1 : int(name[1]) + 1]
        lengths, drawn = ((before, after), Draw.WEIGHTS) if name[0] == "W" else (("1", after), Draw.BIAS)
        found.append(Tensor(prefix + name, lengths, drawn, key=name))
    return tuple(found)


def params(depth: int) -> Group:
    """The dictionary that the student's functions take."""
    return Group("params", {name: name for name in names(depth)})


def act_of(act: str) -> Tensor:
    """The name of the activation, as an argument."""
    return Tensor("act", (), Draw.CHOICE, of=act)


def forward_call(depth: int) -> Action:
    """One call of the student's forward; what it gives stays inside."""
    return Action("call", "forward", ("X", params(depth), "act"), keep="out")


def forward(act: str, depth: int) -> Function:
    """Probabilities of a network with this activation and depth."""
    return Function(
        f"forward_{act}_{depth}",
        Operation.PERCEPTRON_FORWARD,
        (X, *tensors(depth), act_of(act)),
        (Tensor("probs", ("N", "C")),),
        recipe=(forward_call(depth), OUT),
        bound_to="forward",
        form=f"forward_{depth}",
    )


def backward(act: str, depth: int) -> Function:
    """The gradients, from the cache of the student's own forward."""
    return Function(
        f"backward_{act}_{depth}",
        Operation.PERCEPTRON_BACKWARD,
        (X, T, *tensors(depth), act_of(act)),
        tensors(depth, "d_"),
        recipe=(forward_call(depth), CACHE, Action("call", "backward", ("@cache", "T"), result="*")),
        bound_to="backward",
        form=f"backward_{depth}",
    )


def kept_contract(act: str, depth: int, points: float) -> Contract:
    """backward's contract: it goes back from the cache it is given, whatever forward was called with since."""
    other = Action("call", "numpy.negative", ("X",), keep="other")
    later = Action("call", "forward", ("@other", params(depth), "act"), keep="later")
    return Contract(f"backward_{act}_{depth}", points, between=(other, later))


def probabilities(act: str, depth: int) -> Step:
    """The student's own probabilities."""
    return Step(f"forward_{act}_{depth}", ("X", *names(depth), "act"), ("probs",))


def gradient(act: str, depth: int, points: float) -> Gradient:
    """Every tensor has the same points; a derivative of the student's own, other forward keeps half."""
    gradients = {f"d_{name}": points / len(names(depth)) for name in names(depth)}
    return Gradient(
        f"backward_{act}_{depth}",
        gradients,
        loss=(probabilities(act, depth), Computed("likelihood", ("probs", "T"), ("loss",))),
        wrt={f"d_{name}": name for name in names(depth)},
        objective="loss",
        kinks=Kinks(f"kinks_{depth}", ("X", *names(depth), "act")),
        own_share=0.5,
    )


def predict(act: str, depth: int) -> Function:
    """Class numbers of a network with this activation and depth."""
    return Function(
        f"predict_{act}_{depth}",
        Operation.PREDICT,
        (X, *tensors(depth), act_of(act)),
        (Tensor("prediction", ("N",), column=True),),
        recipe=(Action("call", "predict", ("X", params(depth), "act"), result="*"),),
        bound_to="predict",
        form=f"predict_{depth}",
    )


def predicted(act: str, depth: int, points: float) -> Forward:
    """Right, or right given the student's own probabilities."""
    given = Given((probabilities(act, depth),), "predict_given", ("probs",))
    return Forward(f"predict_{act}_{depth}", points, given=(given,))


def train(act: str) -> Function:
    """The student's training with one hidden layer."""
    data, made = (*DATA, HIDDEN_UNITS, act_of(act), SEED), ("X", "y", "Xv", "yv", "hidden", "act", "@rng")
    recipe = (GENERATOR, Action("call", "train", made, result="*", further=True))
    return Function(f"train_{act}", Operation.TRAIN, data, tensors(1), recipe=recipe, bound_to="train", form="train")


def short_training(act: str, depth: int) -> Function:
    """A training on a few examples of three classes, with a number of hidden units or a tuple of two."""
    units = HIDDEN_UNITS if depth == 1 else Tensor("units", ("H", "G"))  # an array that has the tuple as its shape
    shape = () if depth == 1 else (Action("call", "numpy.shape", ("units",), keep="hidden"),)
    made = ("X", "y", "Xv", "yv", "hidden" if depth == 1 else "@hidden", "act", "@rng")
    return Function(
        f"train_{act}_{depth}",
        Operation.TRAIN,
        (*DATA, units, act_of(act), SEED),
        tensors(depth, axes=(*AXES[depth][:-1], "3")),
        recipe=(*shape, GENERATOR, Action("call", "train", made, result="*")),
        bound_to="train",
        form=f"train_{depth}",
        settled=dict.fromkeys(("y", "yv"), "three_classes"),  # all occur, so that they can be counted
    )


SIGNALS = Tensor("x", ("N", "D", "L"))
KERNELS = Tensor("w", ("H", "D", "W"), Draw.WEIGHTS)
KERNEL_BIAS = Tensor("b", ("H",), Draw.BIAS)
TDNN = Function("tdnn1d", Operation.TIME_DELAY, (SIGNALS, KERNELS, KERNEL_BIAS), (Tensor("out", ("N", "H", "V")),))
TDNN_BACKWARD = Function(
    "tdnn1d_backward",
    Operation.TIME_DELAY_BACKWARD,
    (Tensor("dout", ("N", "H", "V"), Draw.UPSTREAM), SIGNALS, KERNELS),
    (Tensor("dx", ("N", "D", "L")), Tensor("dw", ("H", "D", "W")), Tensor("db", ("H",), row=True)),
)
CONFUSION = Function(
    "confusion_matrix",
    Operation.CONFUSION_MATRIX,
    (LABELS, Tensor("yhat", ("N",), Draw.LABELS), Tensor("K", (), Draw.SIZE, of="C")),
    (Tensor("counts", ("C", "C")),),
    # Pairs that come more than once: who writes 1 instead of counting shows.
    settled={"y": "labels_often", "yhat": "predictions_often"},
)
COUNTED = (
    Contract("confusion_matrix", 2),
    Forward("confusion_matrix", 6),
    Cases("confusion_matrix", 2, ("many_examples",)),
)
# A batch of everything: each epoch is one step, whatever the order of the examples.
STEPS = {"lr": 0.07, "momentum": 0.8, "batch_size": 149, "hidden": 16, "gamma": 0.8}
HYPERPARAMETERS = {"lr": 0.1, "momentum": 0.9, "batch_size": 32, "epochs": 30}
PREDICTED = (("relu", 1, 1), ("sigmoid", 1, 1), ("tanh", 2, 2))
"""Activation, hidden layers and points of what predict is asked for."""
# Each activation has a contract, for each has lines of its own.
CONTRACTS = (("relu", 2), ("sigmoid", 1), ("tanh", 2))
SHORT = (("relu", 1), ("tanh", 2))
EACH = tuple((act, depth) for depth in (1, 2) for act in ACTIVATIONS)
FORWARD = {**dict.fromkeys(EACH, 4), ("relu", 1): 3}
GRADIENTS = {**{(act, depth): depth + 4 for act, depth in EACH}, ("relu", 1): 4}
# Over redrawn splits; the figures are in the handout.
THRESHOLDS = {**{(act, "digits"): 0.94 for act in ACTIVATIONS}, ("relu", "spiral"): 0.98, ("tanh", "spiral"): 0.95}
HIDDEN, EPOCHS = {"digits": 32, "spiral": 64}, {"digits": 30, "spiral": 100}
CURVES = {"digits": (1, 5, 15), "spiral": (5, 25)}


def training(act: str, dataset: str, points: float) -> Training:
    """Three trainings, two of which must learn: a set sorted by class, so that a loop which never shuffles shows."""
    return Training(
        f"train_{act}",
        points,
        dataset=dataset,
        hyperparameters={**HYPERPARAMETERS, "epochs": EPOCHS[dataset]},
        threshold=THRESHOLDS[act, dataset],
        correct_passes=0.999,
        calibration_runs=535,
        curve_epochs=CURVES[dataset],
        wall_seconds=60.0,
        hidden=HIDDEN[dataset],
        probabilities=f"probabilities_{act}",
        runs=3,
        by_class=True,
    )


SPELLED = {"relu": "ReLU", "sigmoid": "Sigmoid", "tanh": "Tanh"}
# For no points: with ten units some correct networks of ReLUs reach .76 and others .96.
WIDTHS = Experiment(
    name="hidden-units",
    title="Activations and hidden units",
    rows="hidden units",
    hyperparameters=HYPERPARAMETERS,
    runs=tuple(
        Run(str(hidden), SPELLED[act], f"train_{act}", hidden, f"probabilities_{act}")
        for hidden in (10, 20, 30, 40, 50)
        for act in ACTIVATIONS
    ),
    curve_epochs=(1, 2, 4, 8, 15),
)

ASSIGNMENT = Assignment(
    slug="ece544-mlp",
    title="Perceptron from scratch",
    summary="A multi-layer perceptron of any depth: forward, backward, training, confusion matrix.",
    functions=(
        *(forward(act, depth) for act, depth in EACH),
        *(backward(act, depth) for act, depth in EACH),
        *(predict(act, depth) for act, depth, _ in PREDICTED),
        CONFUSION,
        *(train(act) for act in ACTIVATIONS),
        *(short_training(act, depth) for act, depth in SHORT),
        TDNN,
        TDNN_BACKWARD,
    ),
    parts=(
        Part(
            "forward",
            (
                *(Contract(f"forward_{act}_{depth}", 1) for act, depth in CONTRACTS),
                *(Forward(f"forward_{act}_{depth}", FORWARD[act, depth]) for act, depth in EACH),
            ),
        ),
        Part(
            "gradients",
            (
                *(kept_contract(act, depth, 1) for act, depth in CONTRACTS),
                *(gradient(act, depth, GRADIENTS[act, depth]) for act, depth in EACH),
            ),
        ),
        Part("predict", (Contract("predict_tanh_2", 1), *(predicted(*asked) for asked in PREDICTED))),
        Part("confusion_matrix", COUNTED),
        Part(
            "training",
            (
                *(Contract(f"train_{act}_{depth}", 1) for act, depth in SHORT),
                UpdateRule("train_relu", 4, STEPS, "backward_relu_1", frozenset({"hidden", "gamma"}), mini_batch=7),
                *(training(act, "digits", 4) for act in ACTIVATIONS),
                *(training(act, "spiral", 3) for act in ("relu", "tanh")),
            ),
        ),
        # Part III of the documents asks for a network of these and is empty there.
        Part(
            "tdnn1d (optional)",
            (
                Contract("tdnn1d", 1),
                Forward("tdnn1d", 3),
                Contract("tdnn1d_backward", 1),
                Gradient(
                    "tdnn1d_backward",
                    {"dx": 2, "dw": 2, "db": 1},
                    loss=(Step("tdnn1d", ("x", "w", "b"), ("out",)),),
                    wrt={"dx": "x", "dw": "w", "db": "b"},
                    upstream="dout",
                    drawn=(KERNEL_BIAS,),
                    own_share=0.5,
                ),
            ),
            optional=True,
        ),
    ),
    experiments=(WIDTHS,),
)
