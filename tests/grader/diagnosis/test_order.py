"""Results in another order are told with that order, by their values or, where these are wrong, their shapes."""

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import Report
from grader.sandbox.unsafe import UnsafeSandbox
from reference.catalog import Catalog
from tests.fakes.in_process import upload

BACKWARD = "return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)"


def graded(slug: str, old: str, new: str) -> Report:
    folder = Catalog.builtin().get(slug)
    changed = folder.solution.replace(old, new)
    assert changed != folder.solution
    return grade(folder, upload(changed), UnsafeSandbox(), "public:1")


def said(report: Report, function: str) -> set[str]:
    checks = (check for part in report.parts for check in part.checks if check.function == function)
    return {sentence(check) for check in checks if check.diagnosis and check.kind != "training"}


@pytest.mark.parametrize("order", ["gradient, loss, prediction", "prediction, loss, gradient"])
def test_a_loss_in_another_place_is_told_with_the_order(order: str) -> None:
    report = graded("hw2-softmax", "return loss, gradient, prediction", f"return {order}")

    assert said(report, "softmax_classifier") == {
        f"softmax_classifier returns its results in the order {order}; the order is loss, gradient, prediction."
    }


def test_gradients_in_another_place_are_told_with_their_order() -> None:
    new = "return a_h.T @ d_o, d_o.sum(axis=0, keepdims=True), x.T @ d_h, d_h.sum(axis=0, keepdims=True)"

    assert said(graded("ece421-numpy-nn", BACKWARD, new), "backward_prop") == {
        "backward_prop returns its gradients in each other's place: dW_h, db_h, dW_o and db_o."
        " They come in the order dW_o, db_o, dW_h and db_h."
    }


def test_wrong_gradients_in_another_place_are_told_by_their_shapes() -> None:
    report = graded("ece544-derivatives", "return dx, dw", "return 3 * dw + 1, 2 * dx + 1")

    assert said(report, "conv1d_backward") == {
        "conv1d_backward returns its gradients in each other's place: dx and dw. They come in the order dw and dx."
    }


def test_what_does_not_stand_in_its_own_place_alone_is_no_order() -> None:
    report = graded("hw2-softmax", "return loss, gradient, prediction", "return loss, gradient[0], gradient")

    assert not any("in the order" in each for each in said(report, "softmax_classifier"))


def test_a_loss_for_each_example_and_one_accuracy_are_no_order() -> None:
    """Each has the shape of the other by chance."""
    new = "return np.zeros(len(input)), gradient, np.mean(prediction)"
    report = graded("hw2-softmax", "return loss, gradient, prediction", new)

    assert not any("in the order" in each for each in said(report, "softmax_classifier"))


def test_gradients_by_name_have_no_order() -> None:
    named = "b_h, b_o = (d.sum(0, keepdims=True) for d in (d_h, d_o))\n    " + (
        "return {'dW_h': x.T @ d_h, 'db_h': b_o, 'dW_o': a_h.T @ d_o, 'db_o': b_h}"
    )

    assert said(graded("ece421-numpy-nn", BACKWARD, named), "backward_prop") == {
        "backward_prop returns its gradients in each other's place: db_h and db_o."
    }
