"""What a training does wrong beside a rule that is wrong in every step: how it begins, and where it stays."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from grader.checks.steps.first_step import not_one_step
from grader.checks.steps.loop import Loop
from grader.checks.steps.observed_steps import SIZES
from grader.checks.steps.slopes import Gradients
from grader.checks.steps.validation_rows import worsening_rows
from grader.checks.steps.wrong_steps import EPOCHS
from grader.checks.subject import Finding
from grader.checks.trained import Trained
from grader.diagnosis.optimizer import gradient_factor
from grader.diagnosis.update import Told
from grader.report import Diagnosis, Evidence
from reference.data import Dataset


def beside(
    finding: Finding,
    loop: Loop,
    gradients: Gradients,
    states: Sequence[Trained],
    valid: Dataset,
    rng: np.random.Generator,
) -> Finding:
    """The finding of a wrong rule, with what else is seen of the training; of a trial nothing more is asked."""
    found = finding.result.diagnosis
    if found is None or found.evidence.get("also") or loop.subject.trial:
        return finding
    begun = _begun(found, loop, gradients, states, valid)
    kept = earlier_kept(loop, gradients, states, rng) if loop.spec.last_epoch and _all_move(loop, states) else None
    also = with_also(found, [told for told in (*begun, kept) if told is not None], loop.spec.function)
    return Finding(replace(finding.result, diagnosis=also), finding.notes)


def with_also(found: Diagnosis, others: Sequence[Told], function: str) -> Diagnosis:
    """The diagnosis of a function with others beside it."""
    if not others:
        return found
    also: list[Evidence] = [{"subject": function, **told.evidence, "code": told.code} for told in others]
    return replace(found, evidence={**found.evidence, "also": also})


def never_moved(loop: Loop, gradients: Gradients, start: Trained, first: Trained) -> tuple[Told, ...]:
    """Parameters that the first epoch leaves as they are, beside others, although they have a gradient."""
    slopes = gradients.right(gradients.forms()[0], loop.data, start.parameters).values()
    still = [
        name
        for name, slope in zip(loop.names, slopes, strict=True)
        if np.array_equal(start.parameters[name], first.parameters[name]) and np.any(slope)
    ]
    if not 0 < len(still) < len(loop.names):
        return ()
    return (Told("SOME_PARAMS_NOT_UPDATED", {"frozen": list(still), "lr": loop.spec.hyperparameters["lr"]}),)


def _begun(
    found: Diagnosis, loop: Loop, gradients: Gradients, states: Sequence[Trained], valid: Dataset
) -> tuple[Told, ...]:
    """What the first velocity is where it is not 0, of a rule whose gradient has a wrong factor above 0."""
    lr, gamma = (float(loop.spec.hyperparameters[name]) for name in ("lr", "gamma"))
    factor = gradient_factor(found.code, lr, gamma, SIZES["N"])
    if factor is None or factor <= 0 or not gamma or found.evidence.get("only_in"):
        return ()
    start = loop.start or loop.after(valid, 0)
    off = not_one_step(loop, gradients, start, states[0], factor) if start is not None else ()
    return tuple(told for told in off if told.code == "OTHER_FORMULA")


def _all_move(loop: Loop, states: Sequence[Trained]) -> bool:
    """Whether each epoch leads elsewhere, so that a state says after which epoch it is."""
    return not any(np.array_equal(loop.flat(one), loop.flat(other)) for one, other in pairwise(states))


def earlier_kept(loop: Loop, gradients: Gradients, states: Sequence[Trained], rng: np.random.Generator) -> Told | None:
    """Whether the last epoch gives an earlier state where the loss on the validation set rises from epoch to epoch."""
    falling = worsening_rows(gradients, loop.function, [state.parameters for state in states], rng)
    last = loop.after(falling, EPOCHS[-1]) if falling is not None else None
    for epochs, state in zip(EPOCHS[:-1], states, strict=False):
        if last is not None and np.array_equal(loop.flat(last), loop.flat(state)):
            return Told("LAST_EPOCH_MISSING", {"epochs": EPOCHS[-1], "same": epochs})
    return None
