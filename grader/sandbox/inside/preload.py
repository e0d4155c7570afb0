"""Loads everything that holds machine code while code may still be mapped: afterwards no page can become executable."""
# pathlib would cost every start its import:
# ruff: noqa: PTH112, PTH120, PTH208

import importlib
import os
import sys

SKIPPED = frozenset(
    """
    _tkinter _asyncio readline nis ossaudiodev _curses _curses_panel _dbm _gdbm _ssl _hashlib _crypt audioop spwd syslog
    """.split()
)
"""Extensions that need a display, a terminal, a network or a library of ciphers: no student's network does.

hashlib and random have what they need without them. Each one, and what it pulls in, would cost every fork.
"""

SKIPPED_FAMILIES = ("_test", "_xx", "xx", "_ctypes_test", "_codecs_")


def load_numpy() -> str:
    """Import all of NumPy that holds machine code, and touch BLAS and LAPACK; NumPy's own folder."""
    import numpy as np
    import numpy.fft
    import numpy.linalg
    import numpy.random

    square = np.eye(64) + np.outer(np.arange(64.0), np.ones(64))
    np.linalg.svd(square @ square.T)
    np.linalg.inv(square)
    np.einsum("ij,jk->ik", square, square)
    np.fft.fft(square)
    np.random.default_rng(0).standard_normal(8)
    return os.path.dirname(np.__file__)


def load_extensions() -> None:
    """Import the C extensions of the standard library; one that does not load here is missing for students too."""
    for folder in sys.path:
        if not folder.endswith("lib-dynload") or not os.path.isdir(folder):
            continue
        for file in sorted(os.listdir(folder)):
            name, _, rest = file.partition(".")
            if rest.endswith("so") and name not in SKIPPED and not name.startswith(SKIPPED_FAMILIES):
                try:
                    importlib.import_module(name)
                except ImportError:
                    continue


def readable_paths(numpy_folder: str) -> list[str]:
    """What a student's process may read: the standard library without the packages beneath it, and NumPy."""
    library = os.path.dirname(os.__file__)
    entries = [entry for entry in os.scandir(library) if entry.name not in ("site-packages", "dist-packages")]
    return [entry.path for entry in entries if not entry.is_symlink()] + [numpy_folder]
