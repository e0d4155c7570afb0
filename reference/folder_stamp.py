"""What a folder's files say of themselves: while that stays the same, nobody need read them again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before it was looked at may change again and keep its time: clocks of file systems
tick in steps of up to two seconds (FAT)."""


@dataclass(frozen=True, slots=True)
class FolderStamp:
    """Name, size, times and number of every file below a folder, in the order of their names.

    settled: whether all were changed long enough before, so that another change gives them another time.
    """

    files: tuple[tuple[str, int, int, int, int], ...]
    settled: bool

    def vouches_for(self, earlier: "FolderStamp") -> bool:
        """Whether nothing can have changed since `earlier`."""
        return earlier.settled and self.files == earlier.files


def folder_stamp(folder: Path, now: int) -> FolderStamp:
    """The stamp of a folder that is looked at from `now` on, in ns since the epoch. Raises OSError."""
    files = tuple(sorted(_files(str(folder))))
    return FolderStamp(files, all(max(mtime, ctime) + SETTLED_NS <= now for _, _, mtime, ctime, _ in files))


def _files(folder: str) -> Iterator[tuple[str, int, int, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path)
            elif entry.is_file():
                said = entry.stat()
                yield entry.path, said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino
