"""What an assignment is, as data without behaviour: functions, parts, the kinds of check, limits.

Letters for axes are the same everywhere: N batch, D inputs, H hidden units, C classes, L length of a signal, W window,
V = L - W + 1 positions of the window; a digit is an axis of that length. Batches are rows. Points add up: a part is
worth the sum of its checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reference.operation import Operation as Operation


class Draw(StrEnum):
    """How a probe draws the values of an argument."""

    NORMAL = "normal"  # standard normal times the probe's scale
    LOGITS = "logits"  # as NORMAL; a stability case may replace them by rows of 1000
    WEIGHTS = "weights"  # normal, scaled by 1/sqrt(rows), times the probe's scale
    BIAS = "bias"  # standard normal times 0.5: never zero, so that a forgotten bias shows
    ONE_HOT = "one_hot"  # one random class a row, every class present when N >= C
    PROBABILITIES = "probabilities"  # rows that sum to 1, every entry above 1e-3
    LABELS = "labels"  # whole class numbers 0 to C-1, every class present when N >= C
    UPSTREAM = "upstream"  # standard normal, never all ones; ten times that in the probe of one sample
    SIZE = "size"  # a whole number: the length of the axis that the tensor names with `of`
    STRENGTH = "strength"  # a number: 0 in one probe, 1 in another, something else in the rest


@dataclass(frozen=True, slots=True)
class Tensor:
    """An argument or a result: float64 of shape `axes`; () is a number. LABELS and SIZE are whole numbers.

    of: for a SIZE, the axis whose length it is. column: a result (N,) that may also come as (N, 1).
    """

    name: str
    axes: tuple[str, ...]
    draw: Draw = Draw.NORMAL
    of: str = ""
    column: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """Another spelling of a function that counts as the function, matched without regard to case.

    `forms` names the functions of answers.py that are right under this spelling, the asked one first; empty: the
    function's own.
    """

    name: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Variant:
    """Another function of answers.py that is right too, as a whole, under every spelling; the note says how."""

    form: str
    note: str


@dataclass(frozen=True, slots=True)
class Function:
    """A function the student writes: its name, what goes in (in order) and what comes out (a tuple if several)."""

    name: str
    operation: Operation
    arguments: tuple[Tensor, ...]
    results: tuple[Tensor, ...]
    aliases: tuple[Alias, ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One call on the way to a scalar loss: `function` on values known by name, its results named."""

    function: str
    arguments: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What is right given the student's own earlier functions, so that one mistake costs one part.

    The steps run in the sandbox; `form`, a function of answers.py, then computes the results from the values named by
    `arguments`. With form None the results are those of the steps themselves.
    """

    steps: tuple[Step, ...]
    form: str | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinks:
    """Where a derivative jumps: `form`, a function of answers.py, changes a sign exactly there.

    Its result for the values named by `arguments` is the pre-activations of a ReLU, or the differences in a window.
    """

    form: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """Exists, takes its arguments, right shape and dtype, finite, leaves its inputs alone, same answer twice."""

    function: str
    points: float


@dataclass(frozen=True, slots=True)
class Forward:
    """Values equal to the reference's, tensor by tensor, or to what is right `given` the student's own functions.

    results: the names of those that count; empty: all.
    """

    function: str
    points: float
    given: tuple[Given, ...] = ()
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stability:
    """Values at the inputs where naive formulas give NaN; `cases` are keys of grader.probes.CASES."""

    function: str
    points: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """Values at inputs that ordinary ones never show, such as ties; `cases` are keys of grader.special.SPECIAL."""

    function: str
    points: float
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Property:
    """A law that the right function keeps, whatever else is wrong; `law` is a key of grader.laws.LAWS.

    results: the names of those that must keep it; empty: all.
    """

    function: str
    points: float
    law: str
    results: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gradient:
    """Is backward the derivative of the student's own forward, and is it the reference's gradient?

    tensor_points: points of each result that counts, so that one wrong tensor costs only its own.
    loss: the student's own functions one after another; `objective` (by default the last one's last result) is the
    loss, or what the argument `upstream` is the derivative by.
    wrt: for each of these results, the argument (or the tensor of `drawn`) it is the derivative by.
    given: what is right after a mistake in a function this one calls.
    drawn: arguments of the forward that this function does not take.
    kinks: where the derivative jumps; None where it nowhere does.
    own_share: the share of a tensor's points that a derivative of the student's own, other forward keeps.
    """

    function: str
    tensor_points: Mapping[str, float]
    loss: tuple[Step, ...]
    wrt: Mapping[str, str]
    given: tuple[Given, ...] = ()
    upstream: str | None = None
    drawn: tuple[Tensor, ...] = ()
    kinks: Kinks | None = None
    own_share: float = 0.0
    objective: str | None = None

    @property
    def points(self) -> float:
        """Points of all tensors together."""
        return float(sum(self.tensor_points.values()))


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """Two consecutive steps of the student's training loop against v = gamma v + lr gradient, w = w - v.

    gradient: the function whose results are the gradients by the trained parameters, in their order; the student's own
    is used where theirs differs from the reference's.
    """

    function: str
    points: float
    hyperparameters: Mapping[str, float | int]
    gradient: str


@dataclass(frozen=True, slots=True)
class Training:
    """The student's own training loop on a split nobody has seen; labels of the test set stay outside.

    threshold: test accuracy that passes. correct_passes: probability that correct code reaches it, estimated from
    `calibration_runs` reference trainings over redrawn splits, permuted pixels and permuted classes.
    curve_epochs: shorter trainings from the same seed whose results draw the learning curve.
    """

    function: str
    points: float
    dataset: str
    hyperparameters: Mapping[str, float | int]
    threshold: float
    correct_passes: float
    calibration_runs: int
    curve_epochs: tuple[int, ...]
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Descent:
    """Our own loop over the student's gradient: it must learn. Its arguments are the weights, inputs, one-hot targets.

    gradient: the result that is the derivative by the weights. hyperparameters: lr, momentum, batch_size, epochs, and
    by its name every further argument. The rest as in Training.
    """

    function: str
    points: float
    gradient: str
    dataset: str
    hyperparameters: Mapping[str, float | int]
    threshold: float
    correct_passes: float
    calibration_runs: int


Check = Contract | Forward | Stability | Cases | Property | Gradient | UpdateRule | Training | Descent


@dataclass(frozen=True, slots=True)
class Part:
    """A named share of the points, graded in a process of its own so that one mistake costs one part."""

    name: str
    checks: tuple[Check, ...]

    @property
    def points(self) -> float:
        """Points of all checks together."""
        return float(sum(check.points for check in self.checks))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process of a submission may use. A call may state a longer wall time of its own (training)."""

    load_seconds: float = 10.0
    call_seconds: float = 10.0
    cpu_seconds: int = 60
    memory_mib: int = 1024
    output_bytes: int = 256 * 1024


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is asked and how it is graded.

    layout_function: the function whose behaviour tells batches as columns from batches as rows; None where only rows
    are accepted.
    """

    slug: str
    title: str
    summary: str
    functions: tuple[Function, ...]
    parts: tuple[Part, ...]
    limits: Limits = field(default_factory=Limits)
    layout_function: str | None = None

    @property
    def points(self) -> float:
        """Points of all parts together."""
        return float(sum(part.points for part in self.parts))

    def function(self, name: str) -> Function:
        """The function called `name`; KeyError if the assignment has none."""
        for function in self.functions:
            if function.name == name:
                return function
        raise KeyError(name)
