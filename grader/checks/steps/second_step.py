"""Does the second step follow the rule too? A loop that changes it from step to step may keep it in every other."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import Slope, observed
from grader.checks.steps.slopes import Gradients
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import Steps
from grader.diagnosis.update import Told, told

SECOND = "the second of three steps"


def uneven(loop: Loop, gradients: Gradients, states: list[Trained]) -> tuple[Told, ...]:
    """What the second step is where it is not the rule; empty where it is, or cannot be asked.

    states: after none, one and two epochs.
    """
    wrong: list[Steps] = []
    for steps in _seen(loop, gradients, states):
        if steps.right:
            return ()
        wrong.append(steps)
    if not wrong:
        return ()
    found = told(wrong[-1], {}, {}) or (Told("UNKNOWN"),)
    return tuple(replace(each, evidence={**each.evidence, "only_in": [SECOND]}) for each in found)


def _seen(loop: Loop, gradients: Gradients, states: list[Trained]) -> Iterator[Steps]:
    """The step with every gradient that may be in it. Lazily: the student's own is asked in another process."""
    ways: list[Slope] = [*(partial(gradients.right, form) for form in gradients.forms()), gradients.own]
    for way in ways:
        slopes = way(loop.data, states[1].parameters)
        if slopes is not None:
            yield observed(loop.spec, loop.function, states, slopes, None)
