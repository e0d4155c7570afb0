"""A training on the first few hundred examples reaches the threshold, and loses its points all the same."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

CATALOG = Catalog.builtin()
BEST = (
    "        self.params = params\n",
    "        kept = init_params if epochs == 1 else params\n        self.params = kept\n",
)


def trained(slug: str, *changes: tuple[str, str]) -> CheckResult:
    """The training of a solution with these changes."""
    folder = CATALOG.get(slug)
    parts = [replace(p, checks=tuple(c for c in p.checks if isinstance(c, Training))) for p in folder.assignment.parts]
    quick = replace(folder, assignment=replace(folder.assignment, parts=tuple(part for part in parts if part.checks)))
    source = folder.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    (check, *_) = (
        c for part in grade(quick, upload(source), InProcessSandbox(), "public:1").parts for c in part.checks
    )
    return check


@pytest.mark.parametrize(
    ("slug", "change"),
    [
        ("aarhus-net-classifier", ("len(X_train)", "600")),
        ("dlsys-hw0", ("range(0, len(X), batch)", "range(0, 600, batch)")),
        ("ece421-numpy-nn", ("backward_prop(x, t,", "backward_prop(x[:600], t[:600],")),
    ],
)
def test_a_part_of_the_set_is_told(slug: str, change: tuple[str, str]) -> None:
    check = trained(slug, change)

    assert check.diagnosis is not None
    assert check.points.given == 0
    assert sentence(check).startswith("A step takes the gradient of some examples only: the last 8 change nothing")


@pytest.mark.parametrize("slug", ["aarhus-net-classifier", "cs231n-two-layer", "dlsys-hw0", "ece421-numpy-nn"])
def test_the_whole_set_is_right(slug: str) -> None:
    check = trained(slug)

    assert check.diagnosis is None
    assert check.points.given == check.points.maximum


def test_who_keeps_the_first_parameters_after_one_epoch_is_not_said_to_leave_examples_out() -> None:
    assert trained("aarhus-net-classifier", BEST).diagnosis is None
