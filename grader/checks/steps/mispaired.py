"""Do the examples of a step keep their own labels? Where all have the same one, labels that are mixed up do no harm.

A loop whose steps are wrong, but right once every example has the same label, takes the labels of other examples: those
of a shuffled set in their old order, or the first ones for every batch. The gradient is the reference's, or the
student's own where theirs is wrong.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import observed
from grader.checks.steps.slopes import Gradients, Slopes
from grader.checks.trained import Trained, parameters
from grader.diagnosis.update import Told
from grader.sandbox import Returned
from reference.data import Dataset


def mispaired(
    loop: Loop, gradients: Gradients, valid: Dataset, epochs: tuple[int, ...], found: Sequence[Trained]
) -> Told | None:
    """That the labels are those of other examples; None where it is not so, or cannot be told.

    found: the states after these epochs, whose steps are wrong.
    """
    if loop.subject.trial:  # whatever is wrong there is judged again
        return None
    # The last class: a loop may take the largest label for the number of classes.
    alike = Dataset(loop.rows.inputs, np.full_like(loop.rows.labels, loop.rows.classes - 1), loop.rows.classes)
    same = replace(loop, rows=alike)
    if _moves(loop, found):
        # A loop that keeps its best parameters moves here too: on such labels they get better from epoch to epoch.
        valid = replace(valid, labels=np.full_like(valid.labels, loop.rows.classes - 1))
    states: list[Trained] = []
    for reply in same.replies(valid, epochs):
        state = parameters(loop.function, reply, loop.sizes) if isinstance(reply, Returned) else None
        if not isinstance(state, Trained):
            return None
        states.append(state)
    before, point = states[0].parameters, states[1].parameters
    pairs = [
        (gradients.right(form, same.data, point), gradients.right(form, same.data, before))
        for form in gradients.forms()
    ]
    if any(_follows(loop, states, *pair) for pair in pairs) or _follows(loop, states, *_own(same, gradients, states)):
        return Told("LABELS_OF_OTHERS")
    return None


def _moves(loop: Loop, found: Sequence[Trained]) -> bool:
    """Whether every epoch is seen to change the parameters: then no choice of the best ones is what is wrong."""
    if loop.start is None:
        return False
    states = [loop.flat(state) for state in (loop.start, *found)]
    return not any(np.array_equal(before, after) for before, after in combinations(states, 2))


def _follows(loop: Loop, states: list[Trained], slope: Slopes | None, earlier: Slopes | None) -> bool:
    """Whether the parameters move, and as the rule says with this gradient."""
    if slope is None:
        return False
    steps = observed(loop.spec, loop.function, states, slope, earlier)
    return steps.right and bool(np.any(steps.moved))


def _own(same: Loop, gradients: Gradients, states: list[Trained]) -> tuple[Slopes | None, Slopes | None]:
    """The student's own gradient at the second state and at the first; None where it is right, or there is none."""
    if gradients.function.name in same.subject.proven:
        return None, None
    slope, earlier = gradients.owns([(same.data, state.parameters) for state in (states[1], states[0])])
    return slope, earlier
