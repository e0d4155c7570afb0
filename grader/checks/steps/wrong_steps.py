"""Why three states in a row are no steps of the rule: the causes, in the order in which they are looked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grader.checks.steps.adaptive_steps import adaptive
from grader.checks.steps.changing_rate import changing_rate
from grader.checks.steps.examples_taken import examples_taken
from grader.checks.steps.joined_order import joined_otherwise
from grader.checks.steps.layer_order import layer_by_layer, through_new_weights
from grader.checks.steps.loop import Loop
from grader.checks.steps.mispaired import mispaired
from grader.checks.steps.other_data import other_data
from grader.checks.steps.slopes import Data, Gradients, Slopes
from grader.checks.steps.step_diagnosis import step_diagnosis, step_lengths
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps, cause, flat
from grader.diagnosis.update import Told, told
from grader.report import Diagnosis
from grader.standing import Parameters
from reference.data import Dataset

EPOCHS = (1, 2, 3)
"""After which the states are."""

SlopesAt = Callable[[Sequence[tuple[Data, Parameters]]], Sequence[Slopes | None]]
"""Gradients at several places."""


@dataclass(frozen=True, slots=True)
class Way:
    """A gradient that the steps may follow: the steps with it, and how it is had elsewhere."""

    steps: Steps
    slopes_at: SlopesAt


@dataclass(frozen=True, slots=True)
class WrongSteps:
    """The states of three trainings, which no gradient explains by the rule.

    ways: those that may be in the steps, the likeliest first, the reference's last. valid: what they validated on.
    """

    loop: Loop
    gradients: Gradients
    states: Sequence[Trained]
    valid: Dataset
    ways: Sequence[Way]

    def diagnosis(self) -> Diagnosis:
        """The first cause that explains the steps; UNKNOWN where none does."""
        for look in (self._other_rule, self._unregularised, self._frozen, self._empty_batch, self._other_loop):
            found = look()
            if found is not None:
                return found
        return self._told(Told("UNKNOWN"))

    @property
    def _point(self) -> Parameters:
        """Where the step begins that is looked at."""
        return self.states[1].parameters

    @property
    def _steps(self) -> Steps:
        """The steps with the reference's gradient."""
        return self.ways[-1].steps

    def _other_rule(self) -> Diagnosis | None:
        """Another rule, with any of the gradients: the one that makes fewest parameters wrong, by fewest mistakes.

        A loop may have right gradients of its own beside a wrong function, and by the wrong ones mistakes in every
        parameter that those are of. Of equals the likeliest counts.
        """
        parts = _parts(self.loop, self._point)
        found = [(self._rule(way, parts), way) for way in self.ways]
        explained = [(rule, way) for rule, way in found if rule]
        if not explained:
            return None
        rule, way = min(explained, key=lambda each: (_wrong(each[1].steps, parts), len(each[0])))
        if [found.code for found in rule] == ["STEP_FACTORS"]:
            changing = changing_rate(self.loop, self.valid, self.states, way.steps, way.slopes_at)
            rule = (changing,) if changing else rule
        return step_diagnosis(rule, self.loop.spec, way.steps)

    def _rule(self, way: Way, parts: Mapping[str, slice]) -> tuple[Told, ...]:
        """What another rule with this gradient does wrong; empty where none explains the steps."""
        rows = self.loop.data
        # Other data explain nothing that a wrong rule explains, and the student's own is asked in another process.
        pairs = {} if cause(way.steps) else other_data(rows, self.loop.taken(self.valid))
        slopes = way.slopes_at([(pair, self._point) for pair in pairs.values()]) if pairs else ()
        found = zip(pairs, slopes, strict=True)
        other = {words: flat(values, tuple(values)) for words, values in found if values is not None}
        rule = told(way.steps, parts, other)
        return (Told("NESTEROV"),) if not rule and _looks_ahead(way, rows, self._point, parts) else rule

    def _unregularised(self) -> Diagnosis | None:
        """That the steps leave the regularisation out, of the reference's gradient or of the student's own."""
        bare, steps, rows = self.gradients.unregularised, self._steps, self.loop.data
        if bare is None:
            return None
        if not _follows(steps, bare.right(bare.forms()[0], rows, self._point)):
            own = bare.own(rows, self._point) if len(self.ways) > 1 else None
            if own is None or not _follows(steps, own):
                return None
        return self._told(Told("REG_MISSING_IN_GRAD", {"wrong": ["step"], "at": [], **step_lengths(steps)}))

    def _empty_batch(self) -> Diagnosis | None:
        """A step by the regularisation alone before that on all examples, or after it: what a batch of none makes."""
        bare, way, lr = self.gradients.unregularised, self._steps, self._steps.lr
        if bare is None or way.gamma != 0:
            return None
        form, rows = self.gradients.forms()[0], self.loop.data

        def stepped(point: Parameters, empty: bool) -> Parameters:
            slopes = dict(zip(point, self.gradients.right(form, rows, point).values(), strict=True))
            less = dict(zip(point, bare.right(form, rows, point).values(), strict=True)) if empty else {}
            return {name: value - lr * (slopes[name] - less.get(name, 0.0)) for name, value in point.items()}

        for order, words in (((True, False), "an empty batch first"), ((False, True), "an empty batch last")):
            point = self._point
            for empty in order:
                point = stepped(point, empty)
            if way.follows(flat(self._point, self.loop.names) - flat(point, self.loop.names)):
                found = f"a step of the regularisation alone for {words}"
                about = {"found": found, "asked": "no step but those on examples", "wrong": ["step"]}
                return self._told(Told("OTHER_FORMULA", about))
        return None

    def _frozen(self) -> Diagnosis | None:
        """Parameters that no step changes, beside others that change: not those with a gradient of zero."""
        point, parts = self._point, _parts(self.loop, self._point)
        still = [n for n in point if all(np.array_equal(point[n], state.parameters[n]) for state in self.states)]
        frozen = [n for n in still if all(np.any(way.steps.of(parts[n]).gradient) for way in self.ways)]
        if not frozen or len(frozen) == len(point):
            return None
        return Diagnosis("SOME_PARAMS_NOT_UPDATED", {"frozen": list(frozen), "lr": self._steps.lr})

    def _other_loop(self) -> Diagnosis | None:
        """What a loop does beside its rule: another order, another outcome each time, other labels, other examples."""
        found = (
            layer_by_layer(self.loop, self.gradients, self.states, self._steps)
            or through_new_weights(self.loop, self.gradients, self.states, self._steps)
            or joined_otherwise(self.loop, self.gradients, self.states, self._steps)
            or self._differing()
            or (self._mispaired() if self._steps.astray else None)
            or examples_taken(self.loop, self.gradients, self.states, self._steps)
            or adaptive(self.loop, self.gradients, self.valid, self.states, self._steps)
        )
        return self._told(found) if found else None

    def _mispaired(self) -> Told | None:
        return mispaired(self.loop, self.gradients, self.valid, EPOCHS, self.states)

    def _differing(self) -> Told | None:
        """Whether the same training gives other parameters when it is run again: then its steps say nothing."""
        first, again = self.states[0], self.loop.after(self.valid, EPOCHS[0])
        if again is None:
            return None
        differing = [n for n, v in first.parameters.items() if not np.array_equal(v, again.parameters[n])]
        return Told("NOT_DETERMINISTIC", {"tensor": differing[0]}) if differing else None

    def _told(self, found: Told) -> Diagnosis:
        return step_diagnosis((found,), self.loop.spec, self._steps)


def _parts(loop: Loop, point: Parameters) -> Mapping[str, slice]:
    """Where each parameter lies in the flat vectors."""
    ends = np.cumsum([point[name].size for name in loop.names])
    starts = [0, *ends[:-1]]
    return {name: slice(int(start), int(end)) for name, start, end in zip(loop.names, starts, ends, strict=True)}


def _wrong(steps: Steps, parts: Mapping[str, slice]) -> int:
    """How many parameters do not step as the rule says with this gradient."""
    return sum(not steps.of(part).right for part in parts.values())


def _looks_ahead(way: Way, rows: Data, point: Parameters, parts: Mapping[str, slice]) -> bool:
    """Whether the gradient is that at the weights to which the velocity alone would lead."""
    steps = way.steps
    if steps.gamma == 0:
        return False
    ahead = {
        name: value - steps.gamma * steps.velocity[parts[name]].reshape(value.shape) for name, value in point.items()
    }
    (slopes,) = way.slopes_at([(rows, ahead)])
    return slopes is not None and _follows(steps, slopes)


def _follows(steps: Steps, slopes: Slopes) -> bool:
    """Whether the step follows the rule with another gradient; one of another length is another one's."""
    gradient = flat(slopes, tuple(slopes))
    same_length = gradient.shape == steps.velocity.shape
    return same_length and steps.follows(steps.gamma * steps.velocity + steps.lr * gradient)
