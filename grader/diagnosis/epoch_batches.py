"""Batches of an epoch: the right ones, those of known mistakes, and rates that change from one to the next."""

from collections.abc import Callable, Iterable, Iterator

from grader.report import Evidence

Rate = Callable[[int], float]
"""What the given rate is multiplied by in the step of each batch, counted from 0."""


def _power(decay: float) -> Rate:
    return lambda number: decay**number


OWN_LABELS = "the batch's own labels"
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


def shorter(count: int, size: int) -> Iterator[tuple[Iterable[slice], dict[str, Evidence]]]:
    """Batches that each lack an example, or begin an example too late, or lack the first, with how they are written."""
    whole, starts = "a step on each whole batch", range(0, count, size)
    without_last = (slice(part.start, part.stop - 1) for part in batches(count, size))
    without_first = (slice(part.start + 1, part.stop) for part in batches(count, size))
    yield without_last, formula("a step on each batch without its last example", whole)
    yield without_first, formula("a step on each batch without its first example", whole)
    yield list(batches(count, size))[1:], formula("no step on the first batch", "a step for each batch")
    cut = (slice(start, min(start + size - 1, count)) for start in starts)
    yield cut, formula("X[start:start + batch - 1]", "X[start:start + batch]")
    late = (slice(start + 1, start + size + 1) for start in starts)
    yield late, formula("X[start + 1:start + batch + 1]", "X[start:start + batch]")


def overlaps(count: int, size: int) -> Iterator[tuple[Iterator[slice], dict[str, Evidence]]]:
    """Batches that all begin with the first row, or end with the last, or have a row or more of the one before.

    Each with how it is written. Those that begin a row after the one before are as many as the right ones, or one for
    each row. Those that are a row longer may be whole ones alone: then the last, smaller batch is left out as well.
    """
    asked = "X[start:start + batch]"
    growing = (slice(0, start + size) for start in range(0, count, size))
    shrinking = (slice(start, count) for start in range(0, count, size))
    yield growing, {"found": "X[:start + batch]", "asked": asked}
    yield shrinking, {"found": "X[start:]", "asked": asked}
    whole, every = range(0, count - size + 1, size), range(0, count, size)
    shared = (
        ("X[start:start + batch + 1]", asked, every, 0, 1),
        ("X[start - 1:start + batch]", asked, every, 1, 0),
        (f"{asked} with start += batch - 1", "start += batch", range(0, count, max(size - 1, 1)), 0, 0),
        ("X[start:start + batch + 1] where start + batch <= N", f"{asked} where start < N", whole, 0, 1),
        ("X[start - 1:start + batch] where start + batch <= N", f"{asked} where start < N", whole, 1, 0),
    )
    for found, right, starts, before, after in shared:
        longer = [slice(max(start - before, 0), min(start + size + after, count)) for start in starts]
        unseen = count - longer[-1].stop if longer else count
        left: dict[str, Evidence] = {"code": "LAST_BATCH_DROPPED", "unseen": unseen, "rows": count, "batch_size": size}
        yield iter(longer), {"found": found, "asked": right, **({"also": [left]} if unseen else {})}
    for steps in (-(-count // size), count - size + 1, count):
        moving = (slice(start, min(start + size, count)) for start in range(steps))
        yield moving, {"found": "X[start:start + batch] with start += 1", "asked": "start += batch"}
