"""What is said of a right result that is less exact than float64: float32 inside, or a derivative that was measured.

Float32 inside a value is harmless; in a derivative the same digits can be a finite difference's, so a person looks.
"""

from grader import numerics
from grader.comparison import Comparison
from grader.report import Note
from reference.operation import Operation
from reference.spec import Gradient

STEPS = frozenset({Operation.SOFTMAX_STEP, Operation.NETWORK_STEP})
DERIVATIVES = STEPS | {Operation.SOFTMAX_JACOBIAN}
"""Operations that are a derivative, or one step along it, whichever check asks for them."""

SINGLE_STEP = 1e-8
"""A step along a float32 gradient, which handouts of steps allow, is not as exact as this: it is off by 1.6e-8 to 2e-7.
Central differences are more exact."""


def precision_flags(comparison: Comparison, spec: object, lines: tuple[int, ...]) -> tuple[Note, ...]:
    """For a person: a derivative that agrees to fewer digits than one that was worked out.

    It is judged by its own dtype: that something beside it is float32 excuses no difference quotient.
    """
    operation = comparison.function.operation
    derives = isinstance(spec, Gradient) or operation in DERIVATIVES
    error = comparison.imprecise if derives else None
    if error is None or (operation in STEPS and not numerics.agrees(error, SINGLE_STEP)):
        return ()
    return (Note("LOW_PRECISION", {"function": comparison.function.name, "error": error}, lines),)


def precision_notes(comparison: Comparison, spec: object, lines: tuple[int, ...]) -> tuple[Note, ...]:
    """For the student: a result that agrees to the precision of float32, where no person need look at it."""
    precise = comparison.single or comparison.worst <= numerics.FLOAT64_TOLERANCE
    if precise or precision_flags(comparison, spec, lines):
        return ()
    return (Note("FLOAT32_INSIDE", {"function": comparison.function.name}, lines),)
