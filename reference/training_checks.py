"""Checks of a student's training: its steps, its batches, what it records and how well it learns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reference.action import Action

AT_REST = 1e-9
"""A rate whose steps change no prediction. It is not 0, in whose place a loop may have a default (`lr or 0.1`)."""


@dataclass(frozen=True, slots=True)
class UpdateRule:
    """Steps of the student's training loop, the first and later ones, against v = gamma v + lr gradient, w = w - v.

    gradient: the function whose results are the gradients by the trained parameters, in their order; the student's own
    is used where theirs differs from the reference's. hyperparameters: lr and gamma are those of the rule; all are
    passed to the student's function but those of `unpassed`. mini_batch: the size with which an epoch must still go
    through all examples; 0 where the loop takes none. probabilities: the function of answers.py that makes
    probabilities of inputs and parameters, where the function is given its first parameters: the validation set is then
    one on which every step is the best so far, so that who keeps the best parameters keeps the last. last_epoch: early
    stopping is forbidden, and is looked for with a validation set on which every step is the worst so far.
    """

    function: str
    points: float
    hyperparameters: Mapping[str, float | int]
    gradient: str
    unpassed: frozenset[str] = frozenset()
    mini_batch: int = 0
    probabilities: str | None = None
    last_epoch: bool = False


@dataclass(frozen=True, slots=True)
class Training:
    """The student's own training loop on a split nobody has seen; labels of the test set stay outside.

    threshold: test accuracy that passes. runs: an odd number of trainings, each on a split and from a seed of its own;
    more than half must pass. correct_passes: probability that correct code does, estimated from `calibration_runs`
    reference trainings over redrawn splits, permuted pixels and permuted classes (grader.pass_probability).
    curve_epochs: shorter trainings from the same seed whose results draw the learning curve.
    by_class: the training set comes sorted by class, so that a loop which never shuffles shows.
    loss: the function of answers.py that makes a loss of probabilities and targets; None: the average cross-entropy.
    supplied: the loop is ours, over the student's layers. The shorter trainings then lead to the longer ones, each from
    the parameters that the one before it gave.
    hidden: hidden units of the first weights where the check draws them; None where the function does.
    probabilities: the function of answers.py that makes probabilities of inputs and parameters; None: that of the
    assignment's forward pass.
    at_rest: one epoch at the rate AT_REST, in place of a recipe that has the rate in it; a loop that is passed `lr`
    with its hyperparameters needs none.
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
    hidden: int | None = None
    probabilities: str | None = None
    runs: int = 1
    by_class: bool = False
    loss: str | None = None
    supplied: bool = False
    at_rest: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """A training records one number an epoch under each of `keys`, in a dict that its object has.

    attributes: names that the dict may have. hidden: hidden units of the first weights. losses, scores: for keys whose
    values are looked at, the student's own function that gives them and the set they are of, "train" or "valid"; the
    first result counts. value_points: of the points, for these values; data_points: for leaving the examples alone.
    """

    function: str
    points: float
    attributes: tuple[str, ...]
    keys: tuple[str, ...]
    hyperparameters: Mapping[str, float | int]
    hidden: int
    losses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    scores: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    value_points: float = 0.0
    data_points: float = 0.0


@dataclass(frozen=True, slots=True)
class Descent:
    """Our own loop over the student's gradient: it must learn. Its arguments are the weights, inputs, one-hot targets.

    gradient: the result that is the derivative by the weights. hyperparameters: lr, momentum, batch_size, epochs, and
    by its name every further argument. wall_seconds: for all steps together. The rest as in Training.
    """

    function: str
    points: float
    gradient: str
    dataset: str
    hyperparameters: Mapping[str, float | int]
    threshold: float
    correct_passes: float
    calibration_runs: int
    wall_seconds: float


BATCHES = 102
"""Steps of the training that DrawnBatches looks at. That a right loop never draws one of 4 examples has a probability
of 4 * 0.75^102 = 7e-13. No multiple of 4, so that steps on all examples at once, which count a quarter for each, are
told from drawn ones by what they add up to."""

BATCH_ROWS = 6
"""Examples in the one batch that DrawnBatches looks into."""


@dataclass(frozen=True, slots=True)
class DrawnBatches:
    """A loop that draws its batches takes every example, and each with its own label.

    function: takes inputs and labels to train on and to validate on, a rate and the first parameters, makes
    BATCHES steps on batches of one example without regularisation, and gives the
    parameters then. gradient: the function whose results are the gradients by these; the student's own is used where
    theirs differs. whole: as function, but one step on a batch of BATCH_ROWS.
    """

    function: str
    points: float
    gradient: str
    whole: str
