"""Attempts to pass measured derivatives off as worked out: they cost nothing, and a person is asked to look."""

from collections.abc import Mapping

import pytest

from grader.grade import grade
from grader.upload import SourceFile, Upload
from reference.catalog import Catalog
from tests.hostile.arena import ATTACKS, SEED, Arena, names
from tests.students.judgement import quick

OUTCOMES: Mapping[str, str] = {
    "complex_step_behind_shell_line": "COMPLEX_NUMBERS",
    "complex_step_by_codes": "COMPLEX_NUMBERS",
    "complex_step_by_rotation": "COMPLEX_NUMBERS",
    "complex_step_by_text": "COMPLEX_NUMBERS",
    "complex_step_in_wide_letters": "COMPLEX_NUMBERS",
    "differences_in_longdouble": "FINITE_DIFFERENCES",
    "differences_of_log_sums": "FINITE_DIFFERENCES",
    "differences_of_rows": "FINITE_DIFFERENCES",
    "dual_numbers": "OVERLOADED",
    "tape_of_operations": "OVERLOADED",
}
"""The one flag of each; every point is kept."""


def test_every_attack_has_an_outcome() -> None:
    assert names("pass_off") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    folder = quick(Catalog.builtin().get("hw2-softmax"))
    source = (ATTACKS / "pass_off" / f"{attack}.py").read_text("utf-8")

    report = arena.beside(lambda: grade(folder, Upload((SourceFile("attack.py", source),)), arena.sandbox, SEED))

    assert [flag.code for flag in report.flags] == [OUTCOMES[attack]]
    assert report.score.given == report.score.maximum
    arena.assert_untouched()
