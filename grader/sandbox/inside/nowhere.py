"""What is written to os.devnull goes nowhere: `redirect_stdout(open(os.devnull, "w"))` silences a training.

No file can be opened for writing here, this one included, and no wall has to give way for it.
"""

import builtins
import io
import os
from typing import Any

_READS = frozenset("rbt")
_open = builtins.open


class Nowhere(io.RawIOBase):
    """A file that takes everything and keeps nothing."""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Bytes that were taken."""
        return memoryview(data).nbytes


def opened(file: Any, mode: Any = "r", buffering: Any = -1, *arguments: Any, **keywords: Any) -> Any:
    """Python's own open, but for os.devnull opened for writing."""
    if type(file) is not str or file != os.devnull or type(mode) is not str or set(mode) <= _READS:
        return _open(file, mode, buffering, *arguments, **keywords)
    return Nowhere() if "b" in mode else io.TextIOWrapper(Nowhere(), encoding="utf-8", write_through=True)


def install() -> None:
    """From here on `open` knows of it."""
    builtins.open = opened
