"""What the formulas call the tensors of each operation, and functions whose assignment calls them otherwise.

Families, recipes and terms know arguments and results by these names. An assignment is free to choose its own: a
mismatch is put into these names before it is looked at, and what is found is said of the assignment's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from grader.comparison import Outcome
from grader.diagnosis.mismatch import Mismatch
from grader.results import Tensors
from reference.spec import Draw, Function, Operation, Tensor

Value = TypeVar("Value")

REAL = frozenset({Draw.NORMAL, Draw.WEIGHTS, Draw.BIAS, Draw.UPSTREAM, Draw.LOGITS})
"""Draws of real arrays: an assignment may draw weights as any other numbers."""

BESIDE = frozenset({Draw.SIZE, Draw.CHOICE, Draw.SEED})
"""Draws of arguments that a function may take besides, such as the lengths that a class is made with."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Arguments, as names and draws, and names of results."""

    arguments: tuple[tuple[str, Draw], ...]
    results: tuple[str, ...]

    def names(self, function: Function) -> Mapping[str, str] | None:
        """The name here of each argument and result of a function, by its own; None where it takes something else."""
        free, found = list(function.arguments), dict[str, str]()
        for name, draw in self.arguments:
            tensor = _first(free, name, draw)
            if tensor is None:
                return None
            free.remove(tensor)
            found[tensor.name] = name
        if len(function.results) != len(self.results) or any(tensor.draw not in BESIDE for tensor in free):
            return None
        return found | dict(zip((tensor.name for tensor in function.results), self.results, strict=True))


def _first(free: Sequence[Tensor], name: str, draw: Draw) -> Tensor | None:
    """The argument of this name and draw, else the first of this draw, else the first that is as real."""
    drawn = [tensor for tensor in free if tensor.draw is draw]
    real = [tensor for tensor in free if draw in REAL and tensor.draw in REAL]
    return next((t for t in drawn if t.name == name), None) or next(iter([*drawn, *real]), None)


def _signature(arguments: str, results: str) -> Signature:
    """Read from `x w:weights b:bias` and `z`; an argument without a draw is NORMAL."""
    pairs = [word.partition(":") for word in arguments.split()]
    return Signature(tuple((name, Draw(draw or Draw.NORMAL)) for name, _, draw in pairs), tuple(results.split()))


_TWO = "W1:weights b1:bias W2:weights b2:bias"
_STEPS = "X y:labels X_val y_val:labels learning_rate:rate {} " + _TWO
_MOVED = "new_W1 new_b1 new_W2 new_b2"

VOCABULARY: Mapping[Operation, tuple[Signature, ...]] = {
    Operation.RELU: (_signature("x", "a"),),
    Operation.SOFTMAX: (_signature("logits:logits", "p"),),
    Operation.LINEAR: (_signature("x w:weights b:bias", "z"),),
    Operation.CROSS_ENTROPY: (_signature("target:one_hot prediction:probabilities", "loss"),),
    Operation.SOFTMAX_CROSS_ENTROPY_GRADIENT: (_signature("target:one_hot logits:logits", "d_logits"),),
    Operation.NETWORK_FORWARD: (_signature("x w_h:weights b_h:bias w_o:weights b_o:bias", "z_h a_h z_o p"),),
    Operation.NETWORK_BACKWARD: (
        _signature("x target:one_hot w_h:weights b_h:bias w_o:weights b_o:bias", "dW_h db_h dW_o db_o"),
    ),
    Operation.COST_GRADIENT: (_signature(f"X y:labels {_TWO} reg:strength", "cost d_w1 d_b1 d_w2 d_b2"),),
    Operation.TWO_LAYER_LOSS: (_signature(f"X y:labels reg:strength {_TWO}", "cost d_w1 d_b1 d_w2 d_b2"),),
    Operation.PREDICT: (
        _signature(f"X {_TWO} W3:weights b3:bias act:choice", "prediction"),
        _signature(f"X {_TWO} act:choice", "prediction"),
        _signature(f"X {_TWO}", "prediction"),
    ),
    Operation.SCORE: (_signature(f"X y:labels {_TWO}", "accuracy"),),
    Operation.NETWORK_SCORES: (_signature(f"X {_TWO}", "scores"),),
    Operation.SAMPLED_STEP: (_signature(_STEPS.format("reg:strength batch_size:size"), _MOVED),),
    Operation.DECAYED_STEPS: (
        _signature(_STEPS.format("learning_rate_decay:rate reg:strength batch_size:size"), _MOVED),
    ),
    Operation.PASS_STEPS: (_signature(_STEPS.format("learning_rate_decay:rate reg:strength"), _MOVED),),
    Operation.LOSS_HISTORY: (_signature(_STEPS.format("reg:strength batch_size:size"), "loss_history"),),
    Operation.SOFTMAX_LOSS: (_signature("Z:logits y:labels", "loss"),),
    Operation.SOFTMAX_STEP: (_signature("X y:labels theta:weights lr:rate batch:size", "dtheta"),),
    Operation.SOFTMAX_EPOCH: (_signature("X y:labels theta:weights lr:rate batch:size", "dtheta"),),
    Operation.NETWORK_STEP: (_signature("X y:labels W1:weights W2:weights lr:rate batch:size", "dW1 dW2"),),
    Operation.NETWORK_EPOCH: (_signature("X y:labels W1:weights W2:weights lr:rate batch:size", "dW1 dW2"),),
    Operation.SOFTMAX_JACOBIAN: (_signature("z:logits", "J"),),
    Operation.LIKELIHOOD: (_signature("yhat:probabilities y:labels", "loss"),),
    Operation.LIKELIHOOD_GRADIENT: (_signature("yhat:probabilities y:labels", "dyhat"),),
    Operation.AVERAGE_POOL: (_signature("x W:size", "y"),),
    Operation.AVERAGE_POOL_BACKWARD: (_signature("dy:upstream n:size W:size", "dx"),),
    Operation.MAX_POOL: (_signature("x W:size", "y"),),
    Operation.MAX_POOL_BACKWARD: (_signature("dy:upstream x W:size", "dx"),),
    Operation.CONVOLUTION: (_signature("x w", "y"),),
    Operation.CONVOLUTION_BACKWARD: (_signature("dy:upstream x w", "dx dw"),),
    Operation.PERCEPTRON_FORWARD: (
        _signature(f"X {_TWO} act:choice", "probs"),
        _signature(f"X {_TWO} W3:weights b3:bias act:choice", "probs"),
    ),
    Operation.PERCEPTRON_BACKWARD: (
        _signature(f"X T:one_hot {_TWO} act:choice", "d_W1 d_b1 d_W2 d_b2"),
        _signature(f"X T:one_hot {_TWO} W3:weights b3:bias act:choice", "d_W1 d_b1 d_W2 d_b2 d_W3 d_b3"),
    ),
    Operation.CONFUSION_MATRIX: (_signature("y:labels yhat:labels K:size", "counts"),),
    Operation.TIME_DELAY: (_signature("x w:weights b:bias", "out"),),
    Operation.TIME_DELAY_BACKWARD: (_signature("dout:upstream x w:weights", "dx dw db"),),
    Operation.LINEAR_LAYER: (_signature("X W:weights b:bias delta:upstream", "out dX grad_W grad_b"),),
    Operation.RELU_LAYER: (_signature("X delta:upstream", "out dX"),),
    Operation.SIGMOID_LAYER: (_signature("X delta:upstream", "out dX"),),
    Operation.EUCLIDEAN_LOSS: (_signature("logit gt:one_hot", "loss delta"),),
    Operation.CROSS_ENTROPY_LOSS: (_signature("logit:logits gt:one_hot", "loss delta"),),
    Operation.DESCENT_STEP: (
        _signature(
            "W:weights b:bias grad_W grad_b learningRate:rate weightDecay:strength",
            "new_W new_b second_W second_b untrained_W untrained_b",
        ),
    ),
    Operation.SOFTMAX_CLASSIFIER: (
        _signature("W:weights input label:one_hot lamda:strength", "loss gradient prediction"),
    ),
}


def names_in_formulas(function: Function) -> Mapping[str, str] | None:
    """What formulas call each argument and result of a function, by its own name; None where they know none."""
    known = (signature.names(function) for signature in VOCABULARY.get(function.operation, ()))
    return next((names for names in known if names is not None), None)


def is_called_as_in_formulas(function: Function) -> bool:
    """Whether arguments and results have the very names."""
    names = names_in_formulas(function)
    return names is not None and all(own == name for own, name in names.items())


@dataclass(frozen=True, slots=True)
class Spoken:
    """A mismatch in the names of the formulas. own: the assignment's name of each tensor, by the one here."""

    mismatch: Mismatch
    own: Mapping[str, str]


def spoken(mismatch: Mismatch) -> Spoken | None:
    """The mismatch in the names that formulas use; None where none is known for what the function takes."""
    function = mismatch.function
    names = names_in_formulas(function)
    if names is None:
        return None
    if is_called_as_in_formulas(function):
        return Spoken(mismatch, {})
    comparison = mismatch.comparison
    outcomes = tuple(_outcome(outcome, names) for outcome in comparison.outcomes)
    renamed = replace(
        function, arguments=_tensors(function.arguments, names), results=_tensors(function.results, names)
    )
    only = tuple(_words(comparison.only, names))
    said = Mismatch(replace(comparison, function=renamed, outcomes=outcomes, only=only))
    return Spoken(said, {names[tensor.name]: tensor.name for tensor in function.results})


def _outcome(outcome: Outcome, names: Mapping[str, str]) -> Outcome:
    probe = replace(outcome.probe, arguments=_keys(outcome.probe.arguments, names))
    yours = outcome.yours
    if isinstance(yours, Tensors):
        yours = replace(yours, values=_keys(yours.values, names))
    return replace(
        outcome,
        probe=probe,
        yours=yours,
        right=_keys(outcome.right, names),
        errors=_keys(outcome.errors, names),
        tolerances=_keys(outcome.tolerances, names),
        only=tuple(_words(outcome.only, names)),
    )


def _tensors(tensors: Iterable[Tensor], names: Mapping[str, str]) -> tuple[Tensor, ...]:
    return tuple(replace(tensor, name=names.get(tensor.name, tensor.name)) for tensor in tensors)


def _keys(values: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    return {names.get(name, name): value for name, value in values.items()}


def _words(words: Iterable[str], names: Mapping[str, str]) -> Iterable[str]:
    return (names.get(word, word) for word in words)
