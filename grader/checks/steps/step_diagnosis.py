"""What a wrong training rule is told: its codes, with what was measured of the step beside them."""

from collections.abc import Mapping, Sequence

import numpy as np

from grader.checks.steps.observed_steps import SIZES
from grader.diagnosis.optimizer import Steps
from grader.diagnosis.update import Told
from grader.report import Diagnosis, Evidence
from reference.spec import UpdateRule


def step_diagnosis(found: Sequence[Told], spec: UpdateRule, steps: Steps | None) -> Diagnosis:
    """The first of `found`, and the others beside it.

    steps: what was measured of the third step; None where the first one is what is wrong.
    """
    lr, gamma = float(spec.hyperparameters["lr"]), float(spec.hyperparameters["gamma"])
    measured: dict[str, Evidence] = {"lr": lr, "gamma": gamma, "N": SIZES["N"], "subject": spec.function}
    measured |= {"probes_wrong": 1, "probes": 1}  # one set of three trainings
    if steps is not None:
        lengths = step_lengths(steps)
        measured |= {"step": lengths["yours"], "expected_step": lengths["expected_value"]}
    first, *others = found
    evidence = {**measured, **first.evidence}
    if others:
        evidence["also"] = [{**measured, **other.evidence, "code": other.code} for other in others]
    return Diagnosis(first.code, evidence, counterfactual="v = gamma * v + lr * gradient; w = w - v")


def step_lengths(steps: Steps) -> Mapping[str, Evidence]:
    """The lengths of the step and of the right one."""
    right = steps.gamma * steps.velocity + steps.lr * steps.gradient
    return {"yours": float(np.linalg.norm(steps.moved)), "expected_value": float(np.linalg.norm(right))}
