"""Steps of an epoch by a velocity of all its gradients, which nobody asks for."""

from collections.abc import Callable, Iterable, Mapping

from grader.diagnosis.mismatch import FloatArray

Weights = Mapping[str, FloatArray]

MOMENTA = (0.9, 0.5, 0.99, 0.95, 0.8)
"""What students multiply a velocity by."""

VELOCITIES = tuple(
    (f"a velocity v, v = {momentum:g} * v + {words}, in each step", momentum, share)
    for momentum in MOMENTA
    for words, share in (("gradient", 1.0), (f"{1 - momentum:g} * gradient", 1 - momentum))
)
"""What stands in a step, what the velocity is multiplied by, and how much of the gradient is added."""


def by_velocity(
    weights: Weights,
    parts: Iterable[slice],
    slopes: Callable[[slice, Weights], Weights],
    lr: float,
    momentum: float,
    share: float,
) -> Weights:
    """The weights after a step on each part. slopes: the gradients of a part at some weights."""
    now, velocity = dict(weights), {name: 0 * w for name, w in weights.items()}
    for part in parts:
        velocity = {name: momentum * velocity[name] + share * g for name, g in slopes(part, now).items()}
        now = {name: w - lr * velocity[name] for name, w in now.items()}
    return now
