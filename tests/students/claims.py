"""Whether a definite statement holds on numbers it was not made from: other seeds, and probes of other sizes."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import grader.probes
from reference.catalog import AssignmentFolder
from tests.students.judgement import MEASURED, TRUE_OF_ANY, report_of, said

OTHER_SIZES = {
    "SCALE_1": {"N": 6, "D": 4, "H": 9, "C": 4},
    "SCALE_1_AGAIN": {"N": 7, "D": 9, "H": 5, "C": 10},  # stability cases have seven rows
    "ONE_SAMPLE": {"N": 1, "D": 4, "H": 6, "C": 3},
}

UNCHECKED = TRUE_OF_ANY | MEASURED | {"MUTATES_INPUT", "NOT_DETERMINISTIC", "TIME_LIMIT", "UNFINISHED", "DIVERGED"}
"""Codes that claim no formula, or were measured directly."""


@contextmanager
def other_sizes() -> Iterator[None]:
    """Probes of other sizes than a grading's."""
    patches = [patch.object(grader.probes, name, sizes) for name, sizes in OTHER_SIZES.items()]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()


def contradicted(folder: AssignmentFolder, source: str, function: str, codes: tuple[str, ...]) -> tuple[list[str], int]:
    """The definite codes said of `function` that are not said on fresh probes, and how many were looked at."""
    claims = [code for code in dict.fromkeys(codes) if code not in UNCHECKED]
    if not claims:
        return [], 0
    with other_sizes():
        fresh = said(report_of(folder, source, "secret:f4e5", 3.0))[function].codes
    return [code for code in claims if code not in fresh], len(claims)
