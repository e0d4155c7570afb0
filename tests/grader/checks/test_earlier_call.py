"""An object that keeps the number of examples of its first call divides by it in all others, and that shows."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

NET = "self.__dict__.setdefault('N', len(X))"
CLASSIFIER = (("    @staticmethod\n", ""), ("def cost_grad(X", "def cost_grad(self, X"))
KEPT = [
    (
        "hw2-layers-mlp",
        (("/ len(self.gt)", "/ self.__dict__.setdefault('N', len(self.gt))"),),
        {"SoftmaxCrossEntropyLossLayer"},
    ),
    (
        "hw2-layers-mlp",
        (("/ len(self.difference)", "/ self.__dict__.setdefault('N', len(self.difference))"),),
        {"EuclideanLossLayer"},
    ),
    ("cs231n-two-layer", (("delta2 / len(X)", f"delta2 / {NET}"),), {"TwoLayerNet.loss"}),
    ("aarhus-net-classifier", (*CLASSIFIER, ("/ len(X)", f"/ {NET}")), {"NetClassifier.cost_grad"}),
]


def _report(slug: str, *changes: tuple[str, str]) -> Report:
    """The report without the long trainings."""
    whole = Catalog.builtin().get(slug)
    parts = tuple(
        replace(part, checks=checks)
        for part in whole.assignment.parts
        if (checks := tuple(check for check in part.checks if not isinstance(check, Training)))
    )
    source = whole.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return grade(
        replace(whole, assignment=replace(whole.assignment, parts=parts)),
        upload(source),
        InProcessSandbox(),
        "public:1",
    )


@pytest.mark.parametrize(("slug", "changes", "functions"), KEPT)
def test_a_batch_size_of_the_first_call_is_named(
    slug: str, changes: tuple[tuple[str, str], ...], functions: set[str]
) -> None:
    wrong = [c for p in _report(slug, *changes).parts for c in p.checks if c.diagnosis]

    assert {check.function for check in wrong} == functions
    found = [(c.diagnosis.code, c.diagnosis.evidence["found"]) for c in wrong if c.diagnosis]
    assert set(found) == {("OTHER_DIVISOR", "/ the N of the first call")}


def test_layers_that_divide_by_the_first_batch_are_no_division_elsewhere() -> None:
    total = (("(self.p - self.gt) / len(self.gt)", "self.p - self.gt"),)
    every = ("self.grad_W = self.Input.T @ delta", "self.grad_W = self.Input.T @ delta / {0}")
    bias = ("np.sum(delta, axis=0, keepdims=True)", "np.sum(delta, axis=0, keepdims=True) / {0}")

    def lost(divisor: str) -> set[str]:
        divided = [(before, after.format(divisor)) for before, after in (every, bias)]
        euclidean = ("return self.difference / len(self.difference)", "return self.difference")
        report = _report("hw2-layers-mlp", *total, euclidean, *divided)
        return {check.function for part in report.parts for check in part.checks if check.diagnosis}

    assert lost("len(delta)") == set()
    assert "FCLayer" in lost("self.__dict__.setdefault('N', len(delta))")


def _wrong(slug: str, *changes: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Function, code and what was found instead of each check that is not passed."""
    checks = [c for part in _report(slug, *changes).parts for c in part.checks if c.diagnosis]
    return [(c.function, c.diagnosis.code, str(c.diagnosis.evidence.get("found"))) for c in checks if c.diagnosis]


SUM = "the sum over all calls"


@pytest.mark.parametrize(
    ("slug", "changes", "function", "found"),
    [
        (
            "hw2-layers-mlp",
            (("self.loss = -np", "self.loss = getattr(self, 'loss', 0) - np"),),
            "SoftmaxCrossEntropyLossLayer",
            f"{SUM} of forward",
        ),
        (
            "hw2-layers-mlp",
            (("self.loss = np", "self.loss = getattr(self, 'loss', 0) + np"),),
            "EuclideanLossLayer",
            f"{SUM} of forward",
        ),
        (
            "cs231n-two-layer",
            (
                (
                    "        loss = -np.mean",
                    "        loss = self.__dict__['sum'] = self.__dict__.get('sum', 0) - np.mean",
                ),
            ),
            "TwoLayerNet.loss",
            SUM,
        ),
    ],
)
def test_a_loss_that_adds_up_over_calls_is_named(
    slug: str, changes: tuple[tuple[str, str], ...], function: str, found: str
) -> None:
    wrong = [each for each in _wrong(slug, *changes) if each[0] == function]

    assert wrong
    assert {each[1:] for each in wrong} == {("OTHER_FORMULA", found)}


def test_what_goes_by_earlier_calls_in_another_way_is_said_to_depend_on_them_and_on_no_order() -> None:
    change = ("self.loss = -np", "self.loss = np.cos(getattr(self, 'loss', 0)) - np")
    (check,) = [c for p in _report("hw2-layers-mlp", change).parts for c in p.checks if c.diagnosis]

    assert check.diagnosis is not None
    assert check.diagnosis.code == "UNKNOWN"
    assert "depends on what the same object was given in calls before" in sentence(check)


CROSS_ENTROPY, EUCLIDEAN = "SoftmaxCrossEntropyLossLayer", "EuclideanLossLayer"
FIRST_P = ("self.p, self.gt = np.exp(log_p), gt", "self.p, self.gt = self.__dict__.get('p', np.exp(log_p)), gt")
FIRST_GT = ("self.p, self.gt = np.exp(log_p), gt", "self.p, self.gt = np.exp(log_p), self.__dict__.get('gt', gt)")
FIRST_LOGIT = ("self.difference = logit - gt", "self.z = self.__dict__.get('z', logit); self.difference = self.z - gt")


@pytest.mark.parametrize(
    ("change", "layer", "kept"),
    [
        (FIRST_P, CROSS_ENTROPY, "(softmax(logit) - gt) / N with the logit the first call was given"),
        (FIRST_GT, CROSS_ENTROPY, "(softmax(logit) - gt) / N with the gt the first call was given"),
        (FIRST_LOGIT, EUCLIDEAN, None),
    ],
)
def test_what_raises_after_an_earlier_call_alone_says_so(change: tuple[str, str], layer: str, kept: str | None) -> None:
    checks = [c for p in _report("hw2-layers-mlp", change).parts for c in p.checks if c.function == layer]
    told = [c for c in checks if c.kind in ("contract", "forward", "gradient") and c.diagnosis]

    assert {check.kind for check in told} == {"contract", "forward", "gradient"}
    for check in told:
        assert check.diagnosis is not None
        assert check.diagnosis.code == "RAISED"
        assert "Only where the same object was called before" in sentence(check)
        assert kept is None or kept in sentence(check)


def test_what_raises_in_any_call_says_nothing_of_earlier_ones() -> None:
    change = ("return self.difference / len", "return self.difference @ self.difference / len")
    told = [c for p in _report("hw2-layers-mlp", change).parts for c in p.checks if c.function == EUCLIDEAN]

    assert any(check.diagnosis and check.diagnosis.code == "RAISED" for check in told)
    assert not any("called before" in sentence(check) for check in told)


def test_a_loss_that_gives_the_derivative_of_its_first_call_is_told() -> None:
    change = ("self.difference = logit - gt", "self.difference = self.__dict__.get('difference', logit - gt)")
    found = {each[2] for each in _wrong("hw2-layers-mlp", change) if each[0] == EUCLIDEAN}

    assert "(logit - gt) / N with what the first call was given" in found
