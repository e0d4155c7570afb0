"""Whether a definite statement holds on numbers it was not made from: other seeds, and probes of other sizes."""

from grader.probes import lengths
from reference.catalog import AssignmentFolder
from tests.fakes.probe_sizes import probe_sizes
from tests.students.judgement import MEASURED, TRUE_OF_ANY, report_of, said

OTHER_SIZES = {
    "scale 1": lengths(N=6, D=4, H=9, C=4, L=12, W=4),
    "scale 1, again": lengths(N=7, D=9, H=5, C=10, L=14, W=3),  # stability cases have seven rows
    "one sample": lengths(N=1, D=4, H=6, C=3, L=9, W=3),
}

OF_A_CALL = frozenset({"MUTATES_INPUT", "NOT_DETERMINISTIC", "TIME_LIMIT", "UNFINISHED"})
OF_A_TRAINING = frozenset({"DIVERGED", "LEARNS_AT_REST", "UNITS_ALIKE"})
UNCHECKED = TRUE_OF_ANY | MEASURED | OF_A_CALL | OF_A_TRAINING
"""Codes that claim no formula, or were measured directly."""


def contradicted(folder: AssignmentFolder, source: str, function: str, codes: tuple[str, ...]) -> tuple[list[str], int]:
    """The definite codes said of `function` that are not said on fresh probes, and how many were looked at."""
    claims = [code for code in dict.fromkeys(codes) if code not in UNCHECKED]
    if not claims:
        return [], 0
    with probe_sizes(OTHER_SIZES):
        fresh = said(report_of(folder, source, "secret:f4e5", 3.0))[function].codes
    return [code for code in claims if code not in fresh], len(claims)
