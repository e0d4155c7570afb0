"""Parameters that are set and never read are told as such, whatever else the numbers look like."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult
from reference.catalog import Catalog
from reference.spec import DrawnBatches, Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("cs231n-two-layer")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training | DrawnBatches)))
    for part in FOLDER.assignment.parts
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
READ = 'W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))'
MADE = '"b2": np.zeros(output_size),\n        }\n'
COPIED = (
    (MADE, f"{MADE}        self.made = list(self.params.values())\n"),
    (READ, "W1, b1, W2, b2 = self.made"),
)
SAME_EACH_TIME = ("self.params = {\n", "np.random.seed(3)\n        self.params = {\n")
TOLD = "stays the same whatever self.params holds, where one by those parameters is asked for"


def _wrong(*changes: tuple[str, str]) -> list[CheckResult]:
    source = FOLDER.solution
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    return [check for part in report.parts for check in part.checks if check.diagnosis]


@pytest.mark.parametrize("changes", [COPIED, (*COPIED, SAME_EACH_TIME)], ids=["another time", "same each time"])
def test_copies_made_in_the_constructor_are_told(changes: tuple[tuple[str, str], ...]) -> None:
    wrong = _wrong(*changes)
    told = {check.function: sentence(check) for check in wrong}

    assert {check.diagnosis.code for check in wrong if check.diagnosis} == {"OTHER_FORMULA"}
    assert all(TOLD in told[name] for name in ("scores", "TwoLayerNet.loss", "TwoLayerNet.predict"))
    assert "steps that stay the same whatever self.params holds, where steps by those" in told["one_step"]


def test_layers_made_in_the_constructor_beside_a_regularisation_by_the_parameters_are_told() -> None:
    """The loss is another one with other parameters, by its regularisation alone: no other factor of it is told."""
    penalty, bound = "(np.sum(W1**2) + np.sum(W2**2))", '("W1", "W2"))'
    by_parameters = f"sum(np.sum(self.params[name] ** 2) for name in {bound}"
    wrong = _wrong(*COPIED, (penalty, by_parameters))
    (loss,) = (check for check in wrong if (check.kind, check.function) == ("forward", "TwoLayerNet.loss"))

    assert f"a data term that {TOLD}" in sentence(loss)
    assert not {check.diagnosis.code for check in wrong if check.diagnosis} & {"REG_SCALE", "UNKNOWN"}


def test_a_result_that_is_always_the_same_is_another_mistake() -> None:
    (check,) = (c for c in _wrong(("np.argmax(self.loss(X), axis=1)", "np.zeros(len(X))")) if c.kind == "forward")

    assert "whatever" not in sentence(check)
