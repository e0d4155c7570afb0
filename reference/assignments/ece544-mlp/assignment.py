"""A perceptron from scratch: any depth, three activations (after ECE 544NA, Fall 2016, assignment 2, part II)."""

from reference.spec import (
    Action,
    Assignment,
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
DEPTHS = (1, 2)
AXES = {1: ("D", "H", "C"), 2: ("D", "H", "G", "C")}
X = Tensor("X", ("N", "D"))
T = Tensor("T", ("N", "C"), Draw.ONE_HOT)
OUT = Action("call", "@out.__getitem__", (Constant(0),), result="probs")
CACHE = Action("call", "@out.__getitem__", (Constant(1),), keep="cache")


def names(depth: int) -> tuple[str, ...]:
    """W1, b1, W2, b2 and so on, for `depth` hidden layers."""
    return tuple(f"{letter}{layer}" for layer in range(1, depth + 2) for letter in "Wb")


def tensors(depth: int, prefix: str = "") -> tuple[Tensor, ...]:
    """Weights and biases of all layers, or their gradients under a prefix."""
    found = []
    for name in names(depth):
        before, after = AXES[depth][int(name[1]) - 1 : int(name[1]) + 1]
        axes, drawn = ((before, after), Draw.WEIGHTS) if name[0] == "W" else (("1", after), Draw.BIAS)
        found.append(Tensor(prefix + name, axes, drawn, key=name))
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


def gradient(act: str, depth: int, points: float) -> Gradient:
    """Every tensor has the same points; a derivative of the student's own, other forward keeps half."""
    gradients = {f"d_{name}": points / len(names(depth)) for name in names(depth)}
    return Gradient(
        f"backward_{act}_{depth}",
        gradients,
        loss=(
            Step(f"forward_{act}_{depth}", ("X", *names(depth), "act"), ("probs",)),
            Computed("likelihood", ("probs", "T"), ("loss",)),
        ),
        wrt={f"d_{name}": name for name in names(depth)},
        objective="loss",
        kinks=Kinks(f"kinks_{depth}", ("X", *names(depth), "act")),
        own_share=0.5,
    )


def train(act: str) -> Function:
    """The student's training with one hidden layer."""
    return Function(
        f"train_{act}",
        Operation.TRAIN,
        (
            X,
            Tensor("y", ("N",), Draw.LABELS),
            Tensor("Xv", ("N", "D")),
            Tensor("yv", ("N",), Draw.LABELS),
            Tensor("hidden", (), Draw.SIZE, of="H"),
            act_of(act),
            Tensor("seed", (), Draw.SEED),
        ),
        tensors(1),
        recipe=(
            Action("call", "numpy.random.default_rng", ("seed",), keep="rng"),
            Action("call", "train", ("X", "y", "Xv", "yv", "hidden", "act", "@rng"), result="*", further=True),
        ),
        bound_to="train",
        form="train",
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
PREDICT = Function(
    "predict",
    Operation.PREDICT,
    (X, *tensors(1), act_of("relu")),
    (Tensor("prediction", ("N",), column=True),),
    recipe=(Action("call", "predict", ("X", params(1), "act"), result="*"),),
)
CONFUSION = Function(
    "confusion_matrix",
    Operation.CONFUSION_MATRIX,
    (
        Tensor("y", ("N",), Draw.LABELS),
        Tensor("yhat", ("N",), Draw.LABELS),
        Tensor("K", (), Draw.SIZE, of="C"),
    ),
    (Tensor("counts", ("C", "C")),),
    # Pairs that come more than once: who writes 1 instead of counting shows.
    settled={"y": "labels_often", "yhat": "predictions_often"},
)
HYPERPARAMETERS = {"lr": 0.1, "momentum": 0.9, "batch_size": 32, "epochs": 30}
OWN_FORWARD = Given((Step("forward_relu_1", ("X", *names(1), "act"), ("probs",)),), "predict_given", ("probs",))
FORWARD_POINTS = {1: 4, 2: 4}
GRADIENT_POINTS = {1: 5, 2: 6}
# Over redrawn splits; the figures are in the handout.
THRESHOLDS = {
    ("relu", "digits"): 0.94,
    ("sigmoid", "digits"): 0.94,
    ("tanh", "digits"): 0.94,
    ("relu", "spiral"): 0.98,
    ("tanh", "spiral"): 0.95,
}
HIDDEN = {"digits": 32, "spiral": 64}
EPOCHS = {"digits": 30, "spiral": 100}
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
        wall_seconds=30.0,
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
        *(forward(act, depth) for depth in DEPTHS for act in ACTIVATIONS),
        *(backward(act, depth) for depth in DEPTHS for act in ACTIVATIONS),
        PREDICT,
        CONFUSION,
        *(train(act) for act in ACTIVATIONS),
        TDNN,
        TDNN_BACKWARD,
    ),
    parts=(
        Part(
            "forward",
            (
                Contract("forward_relu_2", 2),
                *(Forward(f"forward_{act}_{depth}", FORWARD_POINTS[depth]) for depth in DEPTHS for act in ACTIVATIONS),
            ),
        ),
        Part(
            "gradients",
            (
                Contract("backward_relu_2", 2),
                *(gradient(act, depth, GRADIENT_POINTS[depth]) for depth in DEPTHS for act in ACTIVATIONS),
            ),
        ),
        Part("predict", (Contract("predict", 1), Forward("predict", 4, given=(OWN_FORWARD,)))),
        Part("confusion_matrix", (Contract("confusion_matrix", 2), Forward("confusion_matrix", 8))),
        Part(
            "training",
            (
                # A batch of everything: each epoch is one step, whatever the order of the examples.
                UpdateRule(
                    "train_relu",
                    4,
                    {"lr": 0.07, "momentum": 0.8, "batch_size": 149, "hidden": 16, "gamma": 0.8},
                    gradient="backward_relu_1",
                    unpassed=frozenset({"hidden", "gamma"}),
                    mini_batch=5,
                ),
                *(training(act, "digits", 4) for act in ACTIVATIONS),
                *(training(act, "spiral", 4) for act in ("relu", "tanh")),
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
