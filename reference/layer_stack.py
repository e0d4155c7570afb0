"""Networks of layers that are classes of the student's: how they are made, called and trained, as recipes."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from reference.earlier_call import with_more_examples
from reference.spec import Action, Draw, Function, Listed, Operation, Tensor

INPUTS = Tensor("X", ("N", "D"))
EARLIER, EARLIER_TARGETS = "flip", "fliplr"
"""What makes the numbers of an earlier call: those of other places, which no entry is a function of; one-hot rows."""

OTHERS, OTHERS_TARGETS = "fliplr", "flip"
"""What makes the numbers that another object of the class is given: other ones again."""

TARGETS = Tensor("gt", ("N", "C"), Draw.ONE_HOT)
CHAIN_SIZES = (
    Tensor("num_input", (), Draw.SIZE, of="D"),
    Tensor("num_output", (), Draw.SIZE, of="H"),
    Tensor("num_classes", (), Draw.SIZE, of="C"),
)


def kept_layer(name: str, sizes: tuple[str, str], weights: str, bias: str) -> tuple[Action, ...]:
    """A fully connected layer under `name`, with these weights and this bias."""
    return (
        Action("make", "FCLayer", sizes, keep=name),
        Action("set", f"@{name}.W", (weights,)),
        Action("set", f"@{name}.b", (bias,)),
    )


def with_copies(layer: str, names: Sequence[str], kept: str = "") -> tuple[Action, ...]:
    """These attributes of a layer set to copies of its own, so that no array is changed in place for another layer.

    kept: of what they are copies, beside the argument of the name: "@turned_" of other numbers that are kept so.
    """
    return (
        *(Action("make", "numpy.array", (f"{kept}{name}",), keep=f"{layer}_{name}") for name in names),
        *(Action("set", f"@{layer}.{name}", (f"@{layer}_{name}",)) for name in names),
    )


def turned(changes: Mapping[str, str]) -> tuple[Action, ...]:
    """Other numbers of arguments, by NumPy's function that makes them, each kept as `turned_<name>`."""
    return tuple(Action("make", f"numpy.{change}", (name,), keep=f"turned_{name}") for name, change in changes.items())


def used_before(kept: str, taken: Mapping[str, str], upstream: str | None) -> tuple[Action, ...]:
    """The kept layer called forward and backward with other numbers, as in the step before: none of them may stay.

    taken: what forward takes, each with NumPy's function that makes the other numbers of it. upstream: of backward.
    Without one, what averages, the numbers are those of more examples; a layer that keeps its first input is told so,
    which it could not be if the input did not fit.
    """
    made = taken if upstream is None else {**taken, upstream: EARLIER}
    copies = tuple(Action("make", "numpy.array", (f"@turned_{name}",), keep=f"earlier_{name}") for name in made)
    return (
        *turned(made),
        *(with_more_examples({f"@turned_{name}": 2 for name in made}) if upstream is None else copies),
        Action("call", f"@{kept}.forward", tuple(f"@earlier_{name}" for name in taken)),
        Action("call", f"@{kept}.backward", () if upstream is None else (f"@earlier_{upstream}",)),
    )


def used_beside(
    made: Sequence[Action], kept: str, taken: Mapping[str, str], upstream: str | None
) -> tuple[Action, ...]:
    """Another object, made as `made` says and kept as `kept`, called between forward and backward of the one looked at.

    As in a chain of two such layers: what is kept in the class, or beside it, is the other's by then. taken: as above.
    """
    return (
        *made,
        *(Action("make", f"numpy.{change}", (name,), keep=f"others_{name}") for name, change in taken.items()),
        Action("call", f"@{kept}.forward", tuple(f"@others_{name}" for name in taken)),
        Action("call", f"@{kept}.backward", () if upstream is None else (upstream,)),
    )


def parameters(axes: Sequence[str]) -> tuple[Tensor, ...]:
    """Weights and biases between these axes: W1 (D, H), b1 (1, H), W2 (H, C), b2 (1, C) for D, H, C."""
    return tuple(
        tensor
        for layer, (inputs, outputs) in enumerate(pairwise(axes), start=1)
        for tensor in (
            Tensor(f"W{layer}", (inputs, outputs), Draw.WEIGHTS),
            Tensor(f"b{layer}", ("1", outputs), Draw.BIAS),
        )
    )


def _through(inputs: str, targets: str, result: str) -> tuple[Action, ...]:
    """Forward and backward through all layers of the chain."""
    return (
        Action("call", "@fc1.forward", (inputs,), keep="z1"),
        Action("call", "@act.forward", ("@z1",), keep="a1"),
        Action("call", "@fc2.forward", ("@a1",), keep="z2"),
        Action("call", "@loss.forward", ("@z2", targets), result=result),
        Action("call", "@loss.backward", keep="d2"),
        Action("call", "@fc2.backward", ("@d2",), keep="d1"),
        Action("call", "@act.backward", ("@d1",), keep="d0"),
        Action("call", "@fc1.backward", ("@d0",)),
    )


def chain(name: str, activation_class: str, loss_class: str) -> Function:
    """A whole network: is every gradient divided by the batch size exactly once, wherever that is?"""
    weights = parameters(("D", "H", "C"))
    inputs, outputs, classes = (size.name for size in CHAIN_SIZES)
    return Function(
        name,
        Operation.OTHER,
        (INPUTS, TARGETS, *weights, *CHAIN_SIZES),
        (Tensor("loss", ()), *(Tensor(f"grad_{w.name}", w.axes) for w in weights)),
        recipe=(
            *kept_layer("fc1", (inputs, outputs), "W1", "b1"),
            *kept_layer("fc2", (outputs, classes), "W2", "b2"),
            Action("make", activation_class, keep="act"),
            Action("make", loss_class, keep="loss"),
            *turned({INPUTS.name: EARLIER, TARGETS.name: EARLIER_TARGETS}),
            *with_more_examples({"@turned_X": 2, "@turned_gt": 2}),
            *_through("@earlier_X", "@earlier_gt", ""),
            *_through("X", "gt", "loss"),
            *(Action("get", f"@fc{w.name[1]}.grad_{w.name[0]}", result=f"grad_{w.name}") for w in weights),
        ),
        bound_to=loss_class,
    )


def network(name: str, activation_class: str, loss_class: str, hidden: int = 1) -> Function:
    """A network of the student's layers, trained by the service's own loop from weights of the service's."""
    axes = ("D", *"HG"[:hidden], "C")
    weights = parameters(axes)
    made: list[Action] = []
    for layer, (inputs, outputs) in enumerate(pairwise(axes), start=1):
        made += kept_layer(f"fc{layer}", (f"num_{inputs}", f"num_{outputs}"), f"W{layer}", f"b{layer}")
    acts = tuple(f"act{layer}" for layer in range(1, hidden + 1))
    order = [name for layer, act in enumerate(acts, start=1) for name in (f"@fc{layer}", f"@{act}")]
    return Function(
        name,
        Operation.TRAIN,
        (
            INPUTS,
            TARGETS,
            Tensor("Xv", ("N", "D")),
            Tensor("gtv", ("N", "C"), Draw.ONE_HOT),
            *weights,
            *(Tensor(f"num_{axis}", (), Draw.SIZE, of=axis) for axis in axes),
            Tensor("seed", (), Draw.SEED),
        ),
        weights,
        recipe=(
            *made,
            *(Action("make", activation_class, keep=act) for act in acts),
            Action("make", loss_class, keep="loss"),
            Action("get", "SGD", keep="sgd"),
            Action(
                "call",
                "~solver.solve",
                (Listed((*order, f"@fc{hidden + 1}")), "@loss", "@sgd", "X", "gt", "seed"),
                further=True,
            ),
            *(Action("get", f"@fc{tensor.name[1]}.{tensor.name[0]}", result=tensor.name) for tensor in weights),
        ),
        bound_to=loss_class,
    )
