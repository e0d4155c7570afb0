"""A method without self, and one with its parameters in another order, are told so wherever they are called."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from grader.checks.calls.without_self import without_self
from grader.grade import grade
from grader.messages import sentence
from grader.sandbox import Raised
from grader.sandbox.inside.wire import Definition
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("cs231n-two-layer")
QUICK = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in WHOLE.assignment.parts
)
FOLDER = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=QUICK))
NO_SELF = (
    "TwoLayerNet.predict takes X and no self, but is called with one argument more: a method's first is its object."
)


def said(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The function and the sentence of each check that is not passed."""
    changed = FOLDER.solution.replace(old, new)
    assert changed != FOLDER.solution
    for part in grade(FOLDER, upload(changed), InProcessSandbox(), "public:1").parts:
        yield from ((check.function, sentence(check)) for check in part.checks if check.diagnosis)


def test_a_method_without_self_is_told_and_so_is_who_calls_it() -> None:
    found = list(said("def predict(self, X)", "def predict(X)"))

    assert {text for _function, text in found} == {NO_SELF}
    assert {"TwoLayerNet.predict", "one_step"} <= {function for function, _text in found}


@pytest.mark.parametrize(
    "static", ["@staticmethod\n    def cost_grad(X, y, params)", "@classmethod\n    def cost_grad(cls, X, y, params)"]
)
def test_a_method_that_is_called_without_its_object_lacks_no_self(static: str) -> None:
    classifier = Catalog.builtin().get("aarhus-net-classifier")
    changed = classifier.solution.replace("@staticmethod\n    def cost_grad(X, y, params, reg=0.0)", static)
    changed = changed.replace("    def predict(self", "    reg = 0.0\n\n    def predict(self")
    assert changed != classifier.solution
    report = grade(classifier, upload(changed), InProcessSandbox(), "public:1")
    told = {sentence(check) for part in report.parts for check in part.checks if check.diagnosis}

    assert (
        "NetClassifier.cost_grad takes the parameters X, y and params; it is called with X, y, params and reg." in told
    )
    assert not [text for text in told if "self" in text]


def test_a_method_with_its_parameters_in_another_order_is_told() -> None:
    found = list(said("def loss(self, X, y=None, reg=0.0)", "def loss(self, X, reg=0.0, y=None)"))

    assert (
        "TwoLayerNet.loss",
        "TwoLayerNet.loss takes the parameters X, reg and y; it is called with X, y and reg.",
    ) in (found)


@pytest.mark.parametrize(
    ("kind", "message", "parameters"),
    [
        ("ValueError", "Net.f() takes 1 positional argument but 2 were given", ("x",)),
        ("TypeError", "Net.g() takes 1 positional argument but 2 were given", ("x",)),
        ("TypeError", "Net.f() takes 1 positional argument but 3 were given", ("x",)),
        ("TypeError", "Net.f() takes 2 positional arguments but 3 were given", ("self", "x")),
        ("TypeError", "Net.f() takes 2 positional arguments but 3 were given", ("cls", "x")),
        ("TypeError", "Net.f() takes 2 positional arguments but 3 were given", ("this", "x")),
        ("TypeError", "f() takes 1 positional argument but 2 were given", ("x",)),
    ],
)
def test_what_raises_for_another_reason_is_not_it(kind: str, message: str, parameters: tuple[str, ...]) -> None:
    assert without_self(Raised(kind, message), [Definition("Net.f", 1, 2, parameters, 1)]) is None
