"""Cases that are as they are on purpose, each with the reason a person gave.

Their files have blocks with a blank line between: a line `# reason`, then the keys it holds for, a line each.
"""

from collections.abc import Iterator
from pathlib import Path


def reasons(path: Path) -> dict[str, str]:
    """The reason of each key; none where there is no file."""
    return dict(_pairs(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for block in text.strip().split("\n\n"):
        reason, *keys = block.splitlines()
        yield from ((key.strip(), reason.removeprefix("# ")) for key in keys)
