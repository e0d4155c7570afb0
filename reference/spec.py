"""What an assignment is, as data without behaviour: functions, parts, the kinds of check, limits.

Letters for axes are the same everywhere: N batch, D inputs, H (and G) hidden units, C classes, L length of a signal,
W window, V = L - W + 1 positions of the window; a digit is an axis of that length. Batches are rows. Points add up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reference.action import Action as Action
from reference.action import Constant as Constant
from reference.action import Group as Group
from reference.action import Listed as Listed
from reference.experiment import Experiment as Experiment
from reference.experiment import Run as Run
from reference.function import Alias as Alias
from reference.function import Draw as Draw
from reference.function import Function as Function
from reference.function import Reading as Reading
from reference.function import Tensor as Tensor
from reference.function import Variant as Variant
from reference.given import Computed as Computed
from reference.given import Given as Given
from reference.given import Kinks as Kinks
from reference.given import Step as Step
from reference.operation import Operation as Operation
from reference.training_checks import AT_REST as AT_REST
from reference.training_checks import BATCH_ROWS as BATCH_ROWS
from reference.training_checks import BATCHES as BATCHES
from reference.training_checks import Descent as Descent
from reference.training_checks import DrawnBatches as DrawnBatches
from reference.training_checks import History as History
from reference.training_checks import Training as Training
from reference.training_checks import UpdateRule as UpdateRule


@dataclass(frozen=True, slots=True)
class Contract:
    """Exists, takes its arguments, right shape and dtype, finite, leaves its inputs alone, same answer twice.

    between: what may be done before the last step of its recipe without a difference, such as another forward pass
    where a cache is kept. defaults: arguments that may be left out, and what counts for them then. fitted: the training
    whose parameters count where none are given, "" where they must be given; it is asked for once the functions of
    `needs` are right.
    """

    function: str
    points: float
    between: tuple[Action, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=dict)
    fitted: str = ""
    needs: tuple[str, ...] = ()


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
    loss: tuple[Step | Computed, ...]
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


Check = (
    Contract
    | Forward
    | Stability
    | Cases
    | Property
    | Gradient
    | UpdateRule
    | DrawnBatches
    | Training
    | History
    | Descent
)


@dataclass(frozen=True, slots=True)
class Part:
    """A named share of the points, judged as if it were the only one.

    optional: graded if written, and not counted.
    """

    name: str
    checks: tuple[Check, ...]
    optional: bool = False

    @property
    def points(self) -> float:
        """Points of all checks together."""
        return float(sum(check.points for check in self.checks))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a submission may use: one process of it, and in wall time a part with all its processes, and all parts.

    A call may state a longer wall time of its own (training), and its part has that much more. cpu_seconds stand behind
    the wall times, which no thread shortens here. output_bytes: of prints, most of which are read and forgotten.
    changes: of the file, that may be tried where no known mistake explains its numbers.
    """

    load_seconds: float = 10.0
    call_seconds: float = 10.0
    cpu_seconds: int = 900
    memory_mib: int = 1024
    output_bytes: int = 16 << 20
    part_seconds: float = 40.0
    grading_seconds: float = 900.0
    changes: int = 600


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is asked and how it is graded.

    layout_function: the function whose behaviour tells batches as columns from batches as rows; None where only rows
    are accepted. experiments: what is measured for the student's own report, for no points.
    """

    slug: str
    title: str
    summary: str
    functions: tuple[Function, ...]
    parts: tuple[Part, ...]
    limits: Limits = field(default_factory=Limits)
    layout_function: str | None = None
    experiments: tuple[Experiment, ...] = ()

    @property
    def points(self) -> float:
        """Points of all parts together that are not optional."""
        return float(sum(part.points for part in self.parts if not part.optional))

    @property
    def optional(self) -> frozenset[str]:
        """Names of the functions that only optional parts ask for."""
        asked = {check.function for part in self.parts if part.optional for check in part.checks}
        return frozenset(asked - {check.function for part in self.parts if not part.optional for check in part.checks})

    def function(self, name: str) -> Function:
        """The function called `name`; KeyError if the assignment has none."""
        for function in self.functions:
            if function.name == name:
                return function
        raise KeyError(name)
