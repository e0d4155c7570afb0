"""What is made of the scores before both the loss and its gradient use them, instead of nothing."""

import numpy as np

from grader.diagnosis.recipe import Step, formula


def scores_as(name: str) -> Step:
    """The step between the scores, called `name` by the assignment, and what is calculated from them."""
    return Step(
        "scores",
        name,
        lambda z: z,
        (
            formula(f"-{name}", lambda z: -z),
            formula(f"2 * {name}", lambda z: 2 * z),
            formula(f"{name} / 2", lambda z: z / 2),
            formula(f"{name} / C", lambda z: z / z.shape[1]),
            formula(f"{name} / N", lambda z: z / len(z)),
            formula(f"{name} / sqrt(C)", lambda z: z / np.sqrt(z.shape[1])),
            formula(f"|{name}|", np.abs),
            formula(f"relu({name})", lambda z: np.maximum(z, 0)),
            formula(f"tanh({name})", np.tanh),
            formula(f"sigmoid({name})", lambda z: 1 / (1 + np.exp(-z))),
            *(
                formula(f"np.clip({name}, -{most}, {most})", lambda z, most=most: np.clip(z, -most, most))
                for most in (1, 5, 10)
            ),
            formula(f"{name} / max({name}) of each row", lambda z: z / z.max(axis=1, keepdims=True)),
            formula(f"{name} / norm({name}) of each row", lambda z: z / np.linalg.norm(z, axis=1, keepdims=True)),
            formula(f"{name} / std({name}) of each row", lambda z: z / z.std(axis=1, keepdims=True)),
            formula(f"{name} / std({name}) of each row, ddof=1,", lambda z: z / z.std(axis=1, keepdims=True, ddof=1)),
            formula(f"{name} / std({name}) of each column", lambda z: z / z.std(axis=0, keepdims=True)),
            formula(f"{name} - mean({name}) of each column", lambda z: z - z.mean(axis=0, keepdims=True)),
            formula(f"{name} - max({name}) of each column", lambda z: z - z.max(axis=0, keepdims=True)),
        ),
    )
