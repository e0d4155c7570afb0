"""A perceptron of any depth: one definition is several functions, one for each activation and depth."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import CheckResult, Report
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("ece544-mlp")
UNTRAINED = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in FOLDER.assignment.parts
)
PARTS = tuple(part for part in UNTRAINED if part.name != "training")
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
STEPS = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=UNTRAINED))


def _report(before: str, after: str, folder: AssignmentFolder = QUICK) -> Report:
    assert before in FOLDER.solution
    return grade(folder, upload(FOLDER.solution.replace(before, after)), InProcessSandbox(), "public:1")


def _lost(report: Report) -> list[CheckResult]:
    return [check for part in report.parts for check in part.checks if check.points.given < check.points.maximum]


@pytest.mark.parametrize(
    ("before", "after", "own", "others"),
    [
        ("    layers = len(params) // 2\n", "    raise ValueError('no')\n", "forward", {"gradients"}),
        ('"""The gradients of', 'raise ValueError("no")\n    """The gradients of', "gradients", set()),
    ],
)
def test_what_raises_is_blamed_on_no_other_form_of_itself(before: str, after: str, own: str, others: set[str]) -> None:
    report = _report(before, after)
    codes = {part.name: {check.diagnosis.code for check in part.checks if check.diagnosis} for part in report.parts}

    assert codes[own] == {"RAISED"}
    assert all(codes[name] == {"RAISED_IN"} for name in others)


BACKWARD_CONTRACTS = [("contract", f"backward_{name}") for name in ("relu_2", "sigmoid_1", "tanh_2")]
SPOILT = {
    "probs": ("delta = (probs - T) / len(T)", "probs -= T\n    delta = probs / len(T)"),
    "activations": (".T) * slope\n", ".T) * slope\n            a *= 2\n"),
    "inputs": (".T) * slope\n", ".T) * slope\n            inputs[i - 1] = 2 * a\n"),
}
LEFT_ALONE = {
    "copy": ("delta = (probs - T) / len(T)", "delta = probs.copy()\n    delta -= T\n    delta /= len(T)"),
    "popped": ("slope = {", "pre.pop()\n            slope = {"),
    "read once": ("(inputs, pre, probs, params, act)\n", "iter((inputs, pre, probs, params, act))\n"),
    "float32": ("delta = (probs - T) / len(T)", "delta = (probs - T).astype(np.float32) / len(T)"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_cache_that_backward_spoils_costs_its_contract(spoilt: str) -> None:
    report = _report(*SPOILT[spoilt])
    lost = _lost(report)

    assert [(c.kind, c.function) for c in lost] == BACKWARD_CONTRACTS
    assert all("changes its argument cache in place" in sentence(check) for check in lost)


@pytest.mark.parametrize("kept", LEFT_ALONE)
def test_a_cache_that_is_left_alone_or_read_once_costs_nothing(kept: str) -> None:
    report = _report(*LEFT_ALONE[kept])

    assert report.score.given == report.score.maximum


def test_a_cache_that_the_next_forward_pass_overwrites_costs_the_contracts_alone() -> None:
    kept = (
        "return probs, (inputs, pre, probs, params, act)",
        "LAST[:] = inputs, pre, probs, params, act\n    return probs, LAST",
    )
    source = FOLDER.solution.replace(*kept).replace("def activate", "LAST = []\n\n\ndef activate", 1)
    lost = _lost(grade(QUICK, upload(source), InProcessSandbox(), "public:1"))

    assert [(c.kind, c.function) for c in lost] == BACKWARD_CONTRACTS
    assert all(c.diagnosis is not None and c.diagnosis.code == "NOT_DETERMINISTIC" for c in lost)
    assert sentence(lost[0]).endswith("In between, forward was called with other inputs.")


@pytest.mark.parametrize(
    ("before", "after", "code", "lost"),
    [
        (
            "forward(X, params, act)[0].argmax",
            "forward(X, params, 'relu')[0].argmax",
            "OTHER_ACTIVATION",
            ["sigmoid_1", "tanh_2"],
        ),
        (
            "return forward(X, params, act)",
            "return forward(X, {name: params[name] for name in ('W1', 'b1', 'W2', 'b2')}, act)",
            "OTHER_FORMULA",
            ["tanh_2"],
        ),
        ("order = rng.perm", "order = np.random.perm", "NOT_DETERMINISTIC", ["relu_1", "tanh_2"]),
        ("return params", "Xv *= 0\n    return params", "MUTATES_INPUT", ["relu_1", "tanh_2"]),
        (
            "hidden = (hidden,) if np.isscalar(hidden) else tuple(hidden)",
            "hidden = (int(hidden),)",
            "RAISED",
            ["tanh_2"],
        ),
        (
            "hidden = (hidden,) if np.isscalar(hidden) else tuple(hidden)",
            "hidden = np.ravel(hidden)[:1]",
            "KEYS",
            ["tanh_2"],
        ),
    ],
)
def test_what_one_activation_and_one_hidden_layer_do_not_show(
    before: str, after: str, code: str, lost: list[str]
) -> None:
    found = _lost(_report(before, after, STEPS))

    assert [check.function.partition("_")[2] for check in found] == lost
    assert {check.diagnosis and check.diagnosis.code for check in found} == {code}


@pytest.mark.parametrize(
    ("dtype", "found"),
    [
        ("np.uint8", "counts modulo 256, which is what integers of 8 bits hold,"),
        ("np.int8", "counts from -128 to 127, which is what int8 holds,"),
    ],
)
def test_counts_of_a_byte_overflow(dtype: str, found: str) -> None:
    (lost,) = _lost(_report("np.zeros((K, K), dtype=int)", f"np.zeros((K, K), dtype={dtype})"))

    assert (lost.kind, lost.function) == ("cases", "confusion_matrix")
    assert lost.diagnosis is not None
    assert lost.diagnosis.evidence["found"] == found
    assert not lost.diagnosis.counterexample  # 600 examples are no case to be worked by hand


@pytest.mark.parametrize(
    ("layers", "biases"),
    [("i == len(pre)", ["d_b2"]), ("i == 1", ["d_b1"]), ("i != 2", ["d_b1"]), ("i > 0", ["d_b1", "d_b2"])],
)
@pytest.mark.parametrize(("more", "code"), [("/ len(T)", "BIAS_MEAN"), ("* len(T)", "TOTAL_NOT_MEAN")])
def test_biases_of_some_layers_with_another_mean_are_named(
    layers: str, biases: list[str], more: str, code: str
) -> None:
    summed = "delta.sum(axis=0, keepdims=True)"
    lost = _lost(_report(f"= {summed}", f"= {summed} {more} if {layers} else {summed}"))
    told = {check.function: check.diagnosis for check in lost if check.diagnosis is not None}

    assert len(told) == 6  # each activation, with one hidden layer and with two
    assert all(found.code == code and "also" not in found.evidence for found in told.values())
    assert told["backward_tanh_1"].evidence["wrong"] == biases


THROUGH_NEW = """            a, pre, p, _, _ = forward(X[rows], params, act)[1]
            d = (p - T[rows]) / len(rows)
            for i in range(len(a), 0, -1):
                for name, slope in ((f"W{i}", a[i - 1].T @ d), (f"b{i}", d.sum(axis=0, keepdims=True))):
                    velocity[name] = momentum * velocity[name] - lr * slope
                    params[name] = params[name] + velocity[name]
                d = (d @ params[f"W{i}"].T) * (a[i - 1] > 0)
"""


def test_an_error_that_goes_back_through_new_weights_is_named() -> None:
    source = FOLDER.solution
    loop = source[source.index("            grads = backward(") : source.index("    return params\n")]
    (lost,) = _lost(_report(loop, THROUGH_NEW, STEPS))

    assert lost.function == "train_relu"
    assert lost.diagnosis is not None
    assert (lost.diagnosis.code, lost.diagnosis.evidence["only_in"]) == ("UPDATED_TOO_EARLY", ["W1", "b1"])


JOINED = """            step = np.concatenate([grads[name].ravel() for name in {order}])
            for name, value in params.items():
                own, step = step[: value.size].reshape(value.shape), step[value.size :]
                velocity[name] = momentum * velocity[name] + lr * own
                params[name] = params[name] - velocity[name]
"""


@pytest.mark.parametrize(
    ("order", "joined"), [("sorted(grads)", "W1, W2, b1, b2"), ("reversed(params)", "b2, W2, b1, W1")]
)
def test_gradients_joined_in_another_order_than_the_parameters_are_named(order: str, joined: str) -> None:
    source = FOLDER.solution
    loop = source[source.index("            for name in params:\n") : source.index("    return params\n")]
    (lost,) = _lost(_report(loop, JOINED.format(order=order), STEPS))

    assert lost.diagnosis is not None
    found = f"gradients in the order {joined}, one after the other, for W1, b1, W2, b2"
    assert (lost.function, lost.diagnosis.evidence["found"]) == ("train_relu", found)
    assert not _lost(_report(loop, JOINED.format(order="params"), STEPS))


def test_the_order_in_which_own_wrong_gradients_are_joined_is_named_too() -> None:
    source = FOLDER.solution.replace("delta = (probs - T) / len(T)", "delta = probs - T")
    loop = source[source.index("            for name in params:\n") : source.index("    return params\n")]
    text = source.replace(loop, JOINED.format(order="sorted(grads)"))
    *_, lost = _lost(grade(STEPS, upload(text), InProcessSandbox(), "public:1"))

    assert lost.diagnosis is not None
    assert "W1, W2, b1, b2" in str(lost.diagnosis.evidence["found"])
