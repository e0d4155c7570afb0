"""Batches of an epoch: the right ones, those of known mistakes, and rates that change from one to the next."""

from collections.abc import Callable, Iterator

from grader.report import Evidence

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


def formula(found: str, asked: str) -> dict[str, Evidence]:
    """What stands in the student's code, and what is asked for."""
    return {"found": found, "asked": asked}


def batches(count: int, size: int) -> Iterator[slice]:
    """The rows of each batch; the last may be smaller."""
    return (slice(start, min(start + size, count)) for start in range(0, count, size))


def shorter(count: int, size: int) -> Iterator[tuple[Iterator[slice], dict[str, Evidence]]]:
    """Batches that each lack an example, with how they are written."""
    whole, starts = "a step on each whole batch", range(0, count, size)
    without_last = (slice(part.start, part.stop - 1) for part in batches(count, size))
    without_first = (slice(part.start + 1, part.stop) for part in batches(count, size))
    yield without_last, formula("a step on each batch without its last example", whole)
    yield without_first, formula("a step on each batch without its first example", whole)
    cut = (slice(start, min(start + size - 1, count)) for start in starts)
    yield cut, formula("X[start:start + batch - 1]", "X[start:start + batch]")


def overlaps(count: int, size: int) -> Iterator[tuple[Iterator[slice], dict[str, Evidence]]]:
    """Batches that all begin with the first row, or end with the last, or begin a row after the one before.

    Each with how it is written. Of the last kind there are as many as of the right ones, or one for each row.
    """
    asked = "X[start:start + batch]"
    growing = (slice(0, start + size) for start in range(0, count, size))
    shrinking = (slice(start, count) for start in range(0, count, size))
    yield growing, {"found": "X[:start + batch]", "asked": asked}
    yield shrinking, {"found": "X[start:]", "asked": asked}
    for starts in (-(-count // size), count - size + 1, count):
        moving = (slice(start, min(start + size, count)) for start in range(starts))
        yield moving, {"found": "X[start:start + batch] with start += 1", "asked": "start += batch"}
