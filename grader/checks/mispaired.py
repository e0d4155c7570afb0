"""Do the examples of a step keep their own labels? Where all have the same one, labels that are mixed up do no harm.

A loop whose steps are wrong, but right once every example has the same label, takes the labels of other examples: those
of a shuffled set in their old order, or the first ones for every batch.
"""

from dataclasses import replace

import numpy as np

from grader.checks.loop import Loop
from grader.checks.observed_steps import observed
from grader.checks.slopes import Gradients
from grader.checks.trained import Trained, parameters
from grader.diagnosis.update import Told
from grader.sandbox import Returned
from reference.data import Dataset


def mispaired(loop: Loop, gradients: Gradients, valid: Dataset, epochs: tuple[int, ...]) -> Told | None:
    """That the labels are those of other examples; None where it is not so, or cannot be told."""
    if loop.subject.trial:  # whatever is wrong there is judged again
        return None
    # The last class: a loop may take the largest label for the number of classes.
    alike = Dataset(loop.rows.inputs, np.full_like(loop.rows.labels, loop.rows.classes - 1), loop.rows.classes)
    same = replace(loop, rows=alike)
    states: list[Trained] = []
    for reply in same.replies(valid, epochs):
        state = parameters(loop.function, reply, loop.sizes) if isinstance(reply, Returned) else None
        if not isinstance(state, Trained):
            return None
        states.append(state)
    before, point = states[0].parameters, states[1].parameters
    for form in gradients.forms():
        slope, earlier = (gradients.right(form, same.data, place) for place in (point, before))
        steps = observed(loop.spec, loop.function, states, slope, earlier)
        if steps.right and np.any(steps.moved):
            return Told("OTHER_DATA", {"found": "examples with the labels of others"})
    return None
