"""Some of a long list at a time, and where the next and the earlier ones begin."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")

AT_A_TIME = 100
"""Rows of a page; with 500 of them and their cells a page is a megabyte that nobody reads to its end."""


@dataclass(frozen=True, slots=True)
class Slice(Generic[Item]):
    """What is shown, from number `first` of `total`, and the numbers where others begin; None: there are none."""

    shown: tuple[Item, ...]
    first: int
    total: int
    earlier: int | None
    later: int | None

    @property
    def last(self) -> int:
        """The number of the last one shown."""
        return self.first + len(self.shown) - 1


def slice_of(items: Sequence[Item], first: int, most: int = AT_A_TIME) -> Slice[Item]:
    """Those that begin with number `first`, from 1; a number past the end shows the last ones."""
    first = max(1, min(first, len(items) - (len(items) - 1) % most if items else 1))
    shown = tuple(items[first - 1 : first - 1 + most])
    after = first + len(shown)
    return Slice(
        shown,
        first,
        len(items),
        max(1, first - most) if first > 1 else None,
        after if after <= len(items) else None,
    )
