"""Attempts to be excused from the questions that one answers wrongly, by letting another function seem to fail."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Verdict
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from tests.hostile.arena import ATTACKS, SEED, Arena, names


@pytest.mark.parametrize("attack", sorted(names("excuse")))
def test_attack(attack: str, arena: Arena) -> None:
    """softmax answers every question it is asked, so the gradient alone is at fault and earns nothing."""
    whole = Catalog.builtin().get("ece421-numpy-nn")
    parts = tuple(part for part in whole.assignment.parts if part.name in ("softmax", "grad_ce"))
    folder = replace(whole, assignment=replace(whole.assignment, parts=parts, layout_function=None))
    source = (ATTACKS / "excuse" / f"{attack}.py").read_text("utf-8")

    report = grade(folder, Upload((SourceFile("attack.py", source),)), arena.sandbox, SEED)

    softmax, gradient = report.parts
    assert softmax.points.given == softmax.points.maximum
    arena.assert_untouched()
    assert gradient.checks[-1].verdict is not Verdict.PASSED
    assert gradient.checks[-1].points.given == 0
