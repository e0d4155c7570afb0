"""What is fuzzed: a function that takes any bytes, what it may use, and where a search begins."""

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One reader of a stranger's bytes.

    read: takes any bytes; True if it accepted them, False if it refused them as documented. Anything else that it
    raises is a finding. peak_bytes: the most memory that reading so many bytes may take, in bytes above what was there.
    seeds: inputs it accepts. words: what a mutation may write that chance would not find.
    """

    name: str
    read: Callable[[bytes], bool]
    peak_bytes: Callable[[bytes], int]
    seeds: Callable[[], tuple[bytes, ...]]
    words: tuple[bytes, ...]


def peak(read: Callable[[bytes], bool], data: bytes) -> int:
    """Bytes of Python memory that reading `data` took at its highest, above what was there before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        read(data)
        _, highest = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return highest - before
