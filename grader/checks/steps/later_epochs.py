"""Does the training loop go on as it began? A longer training against the rule, followed from its first three states.

One call tells a right loop: it is where the reference gets from the second and third state. One that is elsewhere is
judged by three states of its own in a row, so that nothing is charged for what rounding has grown to on the way; the
epoch with which it left is looked for only to say so. Where keeping the best parameters or stopping early is not
forbidden, to be at any state of the way is right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from grader import numerics
from grader.checks.calls.unanswered import unanswered
from grader.checks.steps.examples_taken import examples_taken
from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import Slope, observed
from grader.checks.steps.slopes import Gradients
from grader.checks.steps.validation_rows import losing_rows
from grader.checks.trained import Trained, parameters
from grader.diagnosis.optimizer import RULE_TOLERANCE, RULE_TOLERANCE_FLOAT32, Coefficients, Steps, coefficients, flat
from grader.diagnosis.update import Told
from grader.report import CheckResult, Diagnosis, Evidence
from grader.sandbox import Returned
from grader.standing import Parameters
from reference.data import Dataset

FEWEST, MOST = 20, 40
"""Epochs of the longer training, drawn: late enough for patience and for what is meant to set in later."""

FEWEST_FREE, MOST_FREE = 6, 10
"""The same where any state of the way is right: whoever keeps the best there shows less the longer it goes, and such
loops calculate four losses an epoch for their history; and for steps along a wrong gradient, before they diverge."""

GROWN = 10.0
"""The factor by which the rounding of single steps may have grown on the way; beyond it the steps themselves decide."""

Later = tuple[Told, Steps | None] | Diagnosis | CheckResult
"""What is wrong: told of steps, of parameters that cannot be read, or of a call that gave none."""


def later(loop: Loop, gradients: Gradients, states: Sequence[Trained], valid: Dataset, kind: str) -> Later | None:
    """What a longer training does otherwise than the first epochs; None where it is right, or cannot be told.

    states: after one, two and three epochs, which follow the rule.
    """
    spec, rng = loop.spec, loop.subject.rng("later epochs", loop.spec.function)
    form = _form(loop, gradients, states)
    if form is None and not spec.last_epoch:  # the way of the student's own gradient is not known
        return None
    fewest, most = (FEWEST, MOST) if spec.last_epoch and form is not None else (FEWEST_FREE, MOST_FREE)
    epochs = int(rng.integers(fewest, most + 1))
    path = _path(loop, gradients, form, states, epochs) if form is not None else [each.parameters for each in states]
    if spec.last_epoch:
        valid = losing_rows(gradients, loop.function, path[0], path[-1], rng) or valid
    (reply,) = loop.replies(valid, (epochs,))
    last = parameters(loop.function, reply, loop.sizes) if isinstance(reply, Returned) else None
    if form is None and not isinstance(last, Trained):  # a wrong gradient may well lead to no numbers
        return None
    if not isinstance(reply, Returned):
        return unanswered(kind, spec, loop.subject, reply)
    if not isinstance(last, Trained):
        return last
    way = _Way(loop, gradients, valid, path)
    at = way.place(last, epochs)
    if at is not None and (at == epochs or not spec.last_epoch):
        return None
    same = way.same(last, epochs, at) if spec.last_epoch else None
    if same is not None:
        return Told("LAST_EPOCH_MISSING", {"epochs": epochs, "same": same}), None
    return way.left(last, epochs)


def _form(loop: Loop, gradients: Gradients, states: Sequence[Trained]) -> str | None:
    """The form of the reference's gradient that the third step takes; None where it is the student's own."""
    for form in gradients.forms():
        slopes = gradients.right(form, loop.data, states[1].parameters)
        if observed(loop.spec, loop.function, list(states), slopes, None).right:
            return form
    return None


def _path(loop: Loop, gradients: Gradients, form: str, states: Sequence[Trained], epochs: int) -> list[Parameters]:
    """The parameters after 1, 2, 3, ... epochs: the first three are the student's, the others the rule's."""
    lr, gamma = float(loop.spec.hyperparameters["lr"]), float(loop.spec.hyperparameters["gamma"])
    found = [state.parameters for state in states]
    velocity = [found[1][name] - found[2][name] for name in loop.names]
    while len(found) < epochs:
        slopes = gradients.right(form, loop.data, found[-1]).values()
        velocity = [gamma * v + lr * slope for v, slope in zip(velocity, slopes, strict=True)]
        found.append({name: found[-1][name] - v for name, v in zip(loop.names, velocity, strict=True)})
    return found


@dataclass(frozen=True, slots=True)
class _Way:
    """A training as it should go. path: the parameters after 1, 2, 3, ... epochs, as far as they are known."""

    loop: Loop
    gradients: Gradients
    valid: Dataset
    path: Sequence[Parameters]

    def place(self, state: Trained, epochs: int) -> int | None:
        """After how many epochs, at most `epochs`, the way is at this state, the latest first; None: never."""
        names, start = self.loop.names, flat(self.path[0], self.loop.names)
        tolerance = GROWN * (RULE_TOLERANCE_FLOAT32 if state.single else RULE_TOLERANCE)
        moved = start - self.loop.flat(state)
        for count in range(min(epochs, len(self.path)), 0, -1):
            right = start - flat(self.path[count - 1], names)
            if numerics.agrees(numerics.largest_error(moved, right), tolerance):
                return count
        return None

    def same(self, last: Trained, epochs: int, at: int | None) -> int | None:
        """The number of epochs after which a shorter training gives this very state; None where none does.

        at: where the way is at it, if it is.
        """
        if at is not None and self._gives(last, at):
            return at
        if not self._gives(last, epochs - 1) or not self._moves(last):
            return None
        other, found = 0, epochs - 1
        while found - other > 1:
            middle = (other + found) // 2
            other, found = (other, middle) if self._gives(last, middle) else (middle, found)
        return found

    def _gives(self, state: Trained, epochs: int) -> bool:
        """Whether a training of so many epochs gives this very state."""
        other = self.loop.after(self.valid, epochs)
        return other is not None and np.array_equal(self.loop.flat(other), self.loop.flat(state))

    def _moves(self, state: Trained) -> bool:
        """Whether the gradient there is such that a right step leads away."""
        return any(np.any(steps.lr * steps.gradient) for steps in self._seen([state, state, state]))

    def left(self, last: Trained, epochs: int) -> tuple[Told, Steps | None] | None:
        """What the step is with which the training leaves the way; None where it is right, or is no step."""
        spec = self.loop.spec
        # Two states that are one, or not those of the way, are no steps in a row where the best may be kept.
        late = self._wrong(last, epochs) if spec.last_epoch else None
        if spec.last_epoch and (late is None or self.loop.subject.trial):
            return (Told("UNKNOWN"), None) if late is not None else None
        first = self._first_off(epochs)
        state = self.loop.after(self.valid, first) if first is not None else None
        return (self._wrong(state, first) if first is not None and state is not None else None) or late

    def _first_off(self, epochs: int) -> int | None:
        """The epoch that leaves the way; None where the one before it is not on it as it should be."""
        on, off = len(self.path[:3]), epochs
        while len(self.path) >= epochs and off - on > 1:
            middle = (on + off) // 2
            state = self.loop.after(self.valid, middle)
            if state is None:
                return None
            on, off = (middle, off) if self.place(state, middle) is not None else (on, middle)
        return off if off - on == 1 else None

    def _wrong(self, state: Trained, epochs: int) -> tuple[Told, Steps | None] | None:
        """What is wrong with the last of so many epochs, which leads to `state`; None where nothing is."""
        found = [self.loop.after(self.valid, epochs - 2), self.loop.after(self.valid, epochs - 1)]
        earlier = [each for each in found if each is not None]
        if len(earlier) < 2:
            return None
        if not self.loop.spec.last_epoch and [self.place(each, epochs) for each in earlier] != [epochs - 2, epochs - 1]:
            return None
        states, wrong = [*earlier, state], list[Steps]()
        for steps in self._seen(states):
            if steps.right:
                return None
            wrong.append(steps)
        return _told(self.loop, self.gradients, states, wrong[-1], epochs) if wrong else None

    def _seen(self, states: list[Trained]) -> Iterator[Steps]:
        """The step with every gradient that may be in it. Lazily: the student's own is asked in another process."""
        ways: list[Slope] = [
            *(partial(self.gradients.right, form) for form in self.gradients.forms()),
            self.gradients.own,
        ]
        for way in ways:
            slopes = way(self.loop.data, states[1].parameters)
            if slopes is not None:
                yield observed(self.loop.spec, self.loop.function, states, slopes, None)


def _told(
    loop: Loop, gradients: Gradients, states: Sequence[Trained], steps: Steps, epoch: int
) -> tuple[Told, Steps | None]:
    """What this step is, said of its epoch."""
    fitted = coefficients(steps)
    taken = examples_taken(loop, gradients, states, steps) if fitted is None else None
    if taken is not None:
        return replace(taken, evidence={"found": f"{taken.evidence['found']} in epoch {epoch}"}), steps
    asked = f"{_sum(Coefficients(steps.gamma, steps.lr, 0.0))}, as in the epochs before,"
    bare = gradients.unregularised
    found = _sum(fitted) if fitted is not None else "another step"
    if fitted is None and bare is not None:
        slopes = bare.right(bare.forms()[0], loop.data, states[1].parameters)
        if replace(steps, gradient=flat(slopes, tuple(slopes))).right:
            found = "a step without the regularisation"
    about: dict[str, Evidence] = {"found": f"{found} in epoch {epoch}", "asked": asked}
    return Told("OTHER_FORMULA", {**about, "wrong": ["step"], "subject": "the step"}), steps


def _sum(of: Coefficients) -> str:
    """A step as a formula."""
    factors = {"velocity": of.velocity, "gradient": of.gradient, "weight": of.weight}
    return " + ".join(f"{factor:.4g} * {name}" for name, factor in factors.items() if factor)
