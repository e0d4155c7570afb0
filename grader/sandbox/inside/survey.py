"""Says what a process of this folder needs of the machine's files, before a root of its own is made for it."""

import json
import os
import sys

from grader.sandbox.inside import preload, walls


def survey() -> None:
    """Load all that a zygote loads, and write as JSON to stdout what that took.

    mapped: paths of the files that lie in memory. library: folder of the standard library. numpy: NumPy's own folder.
    mapped_bytes: the address space in use.
    """
    numpy = preload.load_numpy()
    preload.load_extensions()
    with open("/proc/self/maps", encoding="utf-8") as maps:  # noqa: PTH123  as below
        mapped = {line.split(maxsplit=5)[5].rstrip("\n") for line in maps if " /" in line}
    found = {
        "mapped": sorted(mapped),
        "library": os.path.dirname(os.__file__),  # noqa: PTH120  pathlib would cost its import
        "numpy": numpy,
        "mapped_bytes": walls.mapped_bytes(),
    }
    json.dump(found, sys.stdout)
