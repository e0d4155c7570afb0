"""The clock of armed processes: the machine's, set forward or back by the seconds in a file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path


def adjustable(file: Path) -> Callable[[], datetime]:
    """A clock that reads `file` each time it is asked; no file, no difference."""

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=offset(file))

    return clock


def offset(file: Path) -> float:
    """The seconds in the file."""
    try:
        return float(file.read_text())
    except FileNotFoundError:
        return 0.0


def set_offset(file: Path, seconds: float) -> None:
    """Write the seconds, whole or not at all."""
    draft = file.with_suffix(".new")
    draft.write_text(repr(seconds))
    draft.replace(file)
