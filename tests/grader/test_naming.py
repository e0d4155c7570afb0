"""Functions are found by exact name, then alias, then another case; a near miss is only proposed."""

import time

import pytest

from grader.naming import bind, nearest
from grader.sandbox.inside.wire import Definition
from reference.spec import Alias, Function, Operation, Reading, Tensor

A = Tensor("a", ("N",))
CE = Function("average_ce", Operation.OTHER, (A,), (A,), (Alias("averageCE"), Alias("CE", ("average_ce", "total_ce"))))
RELU = Function("relu", Operation.OTHER, (A,), (A,))
UPPER = Function("RELU", Operation.OTHER, (A,), (A,))


def _defined(*names: str) -> list[Definition]:
    return [Definition(name, 10 * n + 1, 10 * n + 5, ("x",), 1) for n, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "spelling", "forms"),
    [
        (("CE", "average_ce"), "average_ce", ("average_ce",)),
        (("CE", "averageCE"), "averageCE", ("average_ce",)),
        (("CE",), "CE", ("average_ce", "total_ce")),
        (("ce",), "ce", ("average_ce", "total_ce")),
        (("Average_CE",), "Average_CE", ("average_ce",)),
        (("AVERAGECE", "ce"), "AVERAGECE", ("average_ce",)),
    ],
)
def test_exact_before_alias_before_case(names: tuple[str, ...], spelling: str, forms: tuple[str, ...]) -> None:
    binding = bind([CE], _defined(*names))["average_ce"]

    assert (spelling, forms) == (binding.spelling, binding.forms)


def test_a_parameter_may_say_what_is_right_under_the_own_name() -> None:
    reading = Reading(frozenset({"prediction"}), ("grad_ce", "grad_ce_given"))
    function = Function("grad_ce", Operation.OTHER, (A,), (A,), (Alias("gradCE", ("mean",)),), readings=(reading,))

    def forms(name: str, parameter: str) -> tuple[str, ...]:
        return bind([function], [Definition(name, 1, 2, ("target", parameter), 2)])["grad_ce"].forms

    assert forms("grad_ce", "logits") == ("grad_ce",)
    assert forms("grad_ce", "Prediction") == ("grad_ce", "grad_ce_given")
    assert forms("gradCE", "prediction") == ("mean",)


def test_what_is_not_there_is_not_bound() -> None:
    assert bind([CE, RELU], _defined("relus", "average")) == {}


def test_the_exact_name_of_another_function_is_never_taken() -> None:
    assert {"RELU"} == set(bind([RELU, UPPER], _defined("RELU")))


def test_of_two_equal_definitions_the_later_counts() -> None:
    assert bind([RELU], _defined("relu", "relu"))["relu"].lines == (11, 15)


@pytest.mark.parametrize(
    ("name", "defined", "like"),
    [
        ("grad_ce", ("softmax", "gradCE_new"), "gradCE_new"),
        ("average_ce", ("averagece",), "averagece"),
        ("backward_prop", ("backward",), "backward"),
        ("relu", ("ReLU_forward",), "ReLU_forward"),
        ("grad_ce", ("softmax", "x"), None),
        ("train", (), None),
        ("softmax_jacobian", ("softmax", "softmax_jacobain"), "softmax_jacobain"),
        ("backward_prop", ("backward", "backward_porp"), "backward_porp"),
        ("Net.cost_grad", ("Net", "Net.predict", "Trainer.cost_grad"), "Trainer.cost_grad"),
        ("Net.cost_grad", ("Net", "Net.fit_grad", "Net.cost"), "Net.cost"),
        ("softmax", ("Layers", "Layers.softmax"), "Layers.softmax"),
        ("avg_pool1d", ("max_pool1d",), None),
        ("forward_prop", ("backward_prop",), None),
    ],
)
def test_the_nearest_name_is_proposed(name: str, defined: tuple[str, ...], like: str | None) -> None:
    assert like == nearest(name, _defined(*defined))


def test_hundreds_of_long_names_are_compared_at_once() -> None:
    letters = "backwardpropagation" * 10
    names = [letters[place:] + letters[:place] for place in range(190)]
    began = time.process_time()

    assert nearest("softmax_cross_entropy_loss", _defined(*names, *names, "softmax_cross_entropy_los")) is not None
    assert time.process_time() - began < 0.5  # a hundredth of a second
