"""An optimizer that is a class of the student's: one step on three layers, after another with other numbers."""

from collections.abc import Sequence

from reference.layer_stack import CHAIN_SIZES, EARLIER, turned, with_copies
from reference.spec import Action, Constant, Draw, Function, Listed, Operation, Tensor, Variant

STEPPED, UNTRAINED = ("new_W", "new_b", "second_W", "second_b"), ("untrained_W", "untrained_b")
BEFORE = ("untrained", "second")
LAYERS = (*BEFORE, "fc")
STEP_ARRAYS = ("W", "b", "grad_W", "grad_b")
SIZES = ("num_input", "num_output")


def stepped_before(layers: Sequence[str], names: Sequence[str], optimizer: str, model: str) -> tuple[Action, ...]:
    """A step with other numbers in these attributes of the layers, which the next step is not to go by."""
    return (
        *turned(dict.fromkeys(names, EARLIER)),
        *(action for layer in layers for action in with_copies(layer, names, "@turned_")),
        Action("call", f"@{optimizer}.step", (f"@{model}",)),
    )


SGD = Function(
    "SGD",
    Operation.DESCENT_STEP,
    (
        Tensor("W", ("D", "H"), Draw.WEIGHTS),
        Tensor("b", ("1", "H"), Draw.BIAS),
        Tensor("grad_W", ("D", "H")),
        Tensor("grad_b", ("1", "H")),
        Tensor("learningRate", (), Draw.RATE),
        Tensor("weightDecay", (), Draw.STRENGTH),
        *CHAIN_SIZES[:2],
    ),
    tuple(Tensor(name, ("D", "H") if name.endswith("W") else ("1", "H")) for name in (*STEPPED, *UNTRAINED)),
    variants=(Variant("descent_with_bias", "DECAY_ON_BIAS"),),
    recipe=(
        # Three layers of the same numbers: the first is not trained, and a step goes past it to both others.
        *(Action("make", "FCLayer", SIZES, keep=layer) for layer in LAYERS),
        Action("set", "@untrained.trainable", (Constant(False),)),
        Action("make", "~solver.Network", (Listed(tuple(f"@{layer}" for layer in LAYERS)),), keep="model"),
        Action("make", "SGD", ("learningRate", "weightDecay"), keep="sgd"),
        *stepped_before(LAYERS, STEP_ARRAYS, "sgd", "model"),
        *(action for layer in BEFORE for action in with_copies(layer, STEP_ARRAYS)),
        *(Action("set", f"@fc.{name}", (name,)) for name in STEP_ARRAYS),
        Action("call", "@sgd.step", ("@model",)),
        Action("get", "@fc.W", result="new_W"),
        Action("get", "@fc.b", result="new_b"),
        *(Action("get", f"@{layer}.{name}", result=f"{layer}_{name}") for layer in BEFORE for name in ("W", "b")),
    ),
    form="descent",
)
