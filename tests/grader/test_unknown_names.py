"""A law or a case that there is not is told by its name, instead of as a fault of the checks."""

from dataclasses import replace

import pytest

from grader.vacuity import vacuous
from reference.catalog import Catalog
from reference.spec import Cases, Part, Property, Stability

FOLDER = Catalog.builtin().get("ece544-derivatives")


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (Property("softmax_jacobian", 1, law="row_sums"), "no law is called 'row_sums'; there are "),
        (Stability("softmax_jacobian", 1, ("huge",)), "no case is called 'huge'; there are "),
        (Cases("max_pool1d", 1, ("tie",)), "no case is called 'tie'; there are "),
    ],
)
def test_what_is_misspelled_is_told_with_what_there_is(check: Property | Stability | Cases, told: str) -> None:
    folder = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=(Part("all", (check,)),)))

    (reason,) = vacuous(folder)
    assert reason.startswith(f"part 'all', {type(check).__name__} of {check.function}: {told}")
