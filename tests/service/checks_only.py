"""Shipped assignments without their trainings, in folders of their own: what peers grade too, and what a rush is of."""

import shutil
from pathlib import Path

from reference.catalog import SHIPPED

CALL_SECONDS = 2.0
"""For one call; a shipped assignment waits longer, and a rush with files that hang would mostly wait for those."""

CHANGE = """

from dataclasses import replace as _replace

from reference.spec import Descent as _Descent
from reference.spec import Training as _Training


def _checks(part):
    left_out = part.name in {without}
    return tuple(check for check in part.checks if not left_out and not isinstance(check, _Descent | _Training))


_kept = tuple(_replace(part, checks=_checks(part)) for part in ASSIGNMENT.parts if _checks(part))
_asked = {{check.function for part in ASSIGNMENT.parts for check in part.checks}}
_gone = _asked - {{check.function for part in _kept for check in part.checks}}
ASSIGNMENT = _replace(
    ASSIGNMENT,
    slug="{slug}",
    functions=tuple(function for function in ASSIGNMENT.functions if function.name not in _gone),
    parts=_kept,
    limits=_replace(ASSIGNMENT.limits, call_seconds={seconds}),
    experiments=(),
)
"""


def write_checks_only(model: str, into: Path, without: tuple[str, ...] = ()) -> str:
    """Copy the shipped assignment `model` below `into`, change it there, and give the copy's slug.

    without: parts to leave out as well.
    """
    slug = f"{model}-checks"
    shutil.copytree(SHIPPED / model, into / slug, ignore=shutil.ignore_patterns("__pycache__"))
    file = into / slug / "assignment.py"
    source = file.read_text(encoding="utf-8") + CHANGE.format(slug=slug, seconds=CALL_SECONDS, without=without)
    file.write_text(source, encoding="utf-8")
    return slug
