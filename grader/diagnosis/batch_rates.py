"""Rates that change from batch to batch of one epoch, where one rate is asked for."""

from collections.abc import Callable

Rate = Callable[[int], float]
"""What the given rate is multiplied by in the step of each batch, counted from 0."""


def _power(decay: float) -> Rate:
    return lambda number: decay**number


ONE_RATE = "the given lr in every step"
DECAYS = (0.999, 0.995, 0.99, 0.98, 0.95, 0.9, 0.5)
"""What students multiply a rate by."""

RATES: tuple[tuple[str, Rate], ...] = (
    *((f"a rate that is multiplied by {decay:g} after each batch", _power(decay)) for decay in DECAYS),
    ("lr / (1 + k) in the step of batch k, counted from 0,", lambda number: 1 / (1 + number)),
    ("lr / sqrt(1 + k) in the step of batch k, counted from 0,", lambda number: float((1 + number) ** -0.5)),
)
"""Rates that change within an epoch, which nobody asks for."""
