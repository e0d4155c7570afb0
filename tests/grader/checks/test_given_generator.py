"""A training that draws from numpy.random, and not from the generator it is given, is told so."""

from dataclasses import replace

from grader.grade import grade
from grader.messages import sentence
from reference.catalog import Catalog
from reference.spec import Contract
from tests.fakes.in_process import InProcessSandbox, upload


def test_another_generator_than_the_one_given() -> None:
    folder = Catalog.builtin().get("ece544-mlp")
    source = folder.solution.replace("rng.normal(", "np.random.normal(").replace(
        "rng.permutation(", "np.random.permutation("
    )
    assert source != folder.solution
    parts = tuple(
        replace(part, checks=tuple(check for check in part.checks if isinstance(check, Contract)))
        for part in folder.assignment.parts
        if part.name == "training"
    )
    folder = replace(folder, assignment=replace(folder.assignment, parts=parts))

    checks = [c for part in grade(folder, upload(source), InProcessSandbox(), "public:1").parts for c in part.checks]

    assert checks
    assert {c.diagnosis.code for c in checks if c.diagnosis} == {"NOT_DETERMINISTIC"}
    assert all(
        sentence(check).endswith("has to be drawn from the rng that it is given, and not from numpy.random itself.")
        for check in checks
    )
