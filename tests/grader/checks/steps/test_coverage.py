"""What a training loop does beside its rule: leaves examples out, never shuffles, learns from the validation set."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.grade import grade
from grader.messages import sentence
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Training, UpdateRule
from tests.fakes.in_process import InProcessSandbox, upload

WHOLE = Catalog.builtin().get("ece544-mlp")
SHUFFLE = "order = rng.permutation(len(X))"
STEP = "backward(forward("
BATCHES = "for start in range(0, len(X), batch_size):"


def _graded(kind: type, kept: Callable[[str], bool], *changes: tuple[str, str]) -> Report:
    checks = [c for part in WHOLE.assignment.parts for c in part.checks if isinstance(c, kind) and kept(c.function)]
    short = tuple(replace(c, curve_epochs=()) if isinstance(c, Training) else c for c in checks[:1])
    (part,) = (replace(part, checks=short) for part in WHOLE.assignment.parts if part.name == "training")
    source = WHOLE.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    folder = replace(WHOLE, assignment=replace(WHOLE.assignment, parts=(part,)))
    return grade(folder, upload(source), InProcessSandbox(), "public:3")


def _stepped(*changes: tuple[str, str]) -> set[str]:
    report = _graded(UpdateRule, lambda name: True, *changes)
    return {check.diagnosis.code for part in report.parts for check in part.checks if check.diagnosis}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ((), set()),
        (((SHUFFLE, "order = np.arange(len(X))"),), {"NO_SHUFFLE"}),
        (((SHUFFLE, "order = np.random.default_rng(3).permutation(len(X))"),), set()),  # one random order, always
        (((BATCHES, "for start in range(0, len(X) - batch_size + 1, batch_size):"),), {"LAST_BATCH_DROPPED"}),
        (((BATCHES, "for start in range(0, len(X) // batch_size * batch_size, batch_size):"),), {"LAST_BATCH_DROPPED"}),
        # the number of batches rounded: a rest of less than half a batch is left out
        (
            ((BATCHES, "for start in range(0, round(len(X) / batch_size) * batch_size, batch_size):"),),
            {"LAST_BATCH_DROPPED"},
        ),
        ((("order[start : start + batch_size]", "order[: start + batch_size]"),), {"BATCHES_OVERLAP"}),
        ((("order[start : start + batch_size]", "order[start:]"),), {"BATCHES_OVERLAP"}),
        ((("order[start : start + batch_size]", "order[start : start + batch_size + 1]"),), {"BATCHES_OVERLAP"}),
        # the batches begin too early
        (((BATCHES, "for start in range(0, len(X), batch_size - 1):"),), {"BATCHES_OVERLAP"}),
        (((BATCHES, "for start in range(0, len(X), batch_size // 2):"),), {"BATCHES_OVERLAP"}),
        # the validation set is trained on too
        (
            (("    hidden = (hidden,) if", "    X, y = np.r_[X, Xv], np.r_[y, yv]\n    hidden = (hidden,) if"),),
            {"OTHER_FORMULA"},
        ),
        # the size of a batch taken for the number of batches
        (
            (
                (BATCHES, "for rows in np.array_split(order, batch_size):"),
                ("            rows = order[start : start + batch_size]\n", ""),
            ),
            {"OTHER_FORMULA"},
        ),
        ((("    T = np.eye", "    batch_size = len(X) // batch_size\n    T = np.eye"),), {"OTHER_FORMULA"}),
        # the last batch filled up from the first examples: some count twice, none is left out
        (((SHUFFLE, SHUFFLE + "; order = np.concatenate([order, order[: -len(X) % batch_size]])"),), set()),
        # the labels of other examples; every example in each step; weights that are the velocity; no known mistake
        (((", T[rows])", ", T[: len(rows)])"),), {"LABELS_OF_OTHERS"}),
        (((f"{STEP}X[rows], params, act)[1], T[rows])", f"{STEP}X, params, act)[1], T)"),), {"OTHER_FORMULA"}),
        ((("params[name] - velocity[name]", "-velocity[name]"),), {"OTHER_FORMULA"}),
        ((("* grads[name]", "* grads[name].clip(-0.01, 0.01)"),), {"UNKNOWN"}),
        # every batch by the gradient at the epoch's first parameters
        (
            ((SHUFFLE, SHUFFLE + "; old = dict(params)"), ("forward(X[rows], params,", "forward(X[rows], old,")),
            {"OTHER_FORMULA"},
        ),
        # divided by all examples; a rate that the last batch lowers for good; a last batch that counts less
        ((("* grads[name]", "* grads[name] * len(rows) / len(X)"),), {"OTHER_FORMULA"}),
        (((STEP, "(lr := lr * len(rows) / batch_size) and " + STEP),), {"OTHER_FORMULA"}),
        ((("* grads[name]", "* grads[name] * len(rows) / batch_size"),), set()),
        ((("np.zeros((1, sizes[i]))", "np.zeros(sizes[i])"),), set()),
        ((("return params", "return {k: v.astype(np.float32) for k, v in params.items()}"),), set()),
    ],
)
def test_examples_left_out_of_an_epoch_are_counted(changes: tuple[tuple[str, str], ...], codes: set[str]) -> None:
    assert _stepped(*changes) == codes


def test_an_own_gradient_whose_shape_changes_from_example_to_example_is_graded() -> None:
    some = '    if len(T) == 1:\n        grads["W1"] = grads["W1"][: 1 + T.argmax() % 3]\n    return grads\n'

    assert _stepped(("(probs - T) / len(T)", "probs - T"), ("    return grads\n", some)) == set()


@pytest.mark.parametrize(
    "wrong", [("(probs - T) / len(T)", "(probs - T) / len(T)"), ("(probs - T) / len(T)", "probs - T")]
)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            (SHUFFLE, SHUFFLE + "; velocity = dict.fromkeys(params, 0.0)"),
            "The velocity is 0 again at the start of every",
        ),
        (("momentum * velocity[name] + lr", "lr"), "The momentum is not used"),
        (("velocity[name] = momentum * velocity[name] +", "velocity[name] ="), "The momentum is not used"),
    ],
)
def test_a_velocity_that_starts_again_in_every_epoch_is_told_from_none(
    change: tuple[str, str], wrong: tuple[str, str], words: str
) -> None:
    report = _graded(UpdateRule, lambda name: True, change, wrong)
    (check,) = report.parts[0].checks

    assert check.diagnosis is not None
    assert check.diagnosis.code == "NO_MOMENTUM"
    assert sentence(check).startswith(words)


def test_a_rate_of_its_own_is_told_with_its_epoch() -> None:
    report = _graded(UpdateRule, lambda name: True, (STEP, "(lr := lr * len(rows) / batch_size) and " + STEP))
    (check,) = report.parts[0].checks

    assert check.diagnosis is not None
    assert check.diagnosis.evidence["found"] == "0.43 * lr * gradient of the batch in epoch 2"


def test_a_loop_that_never_shuffles_is_named() -> None:
    report = _graded(Training, lambda name: name == "train_relu", (SHUFFLE, "order = np.arange(len(X))"))
    (check,) = report.parts[0].checks

    assert check.diagnosis is not None
    assert check.diagnosis.code == "NO_SHUFFLE"
    assert check.points.given == 0


def test_a_loop_that_shuffles_once_is_not() -> None:
    once = ("    T = np.eye", "    mixed = rng.permutation(len(X)); X, y = X[mixed], y[mixed]\n    T = np.eye")
    report = _graded(Training, lambda name: name == "train_relu", (SHUFFLE, "order = np.arange(len(X))"), once)

    assert report.score.given == report.score.maximum


def test_examples_of_the_validation_set_alone_are_too_few_to_learn_from() -> None:
    more = ("    T = np.eye", "    X, y = np.concatenate([X, Xv]), np.concatenate([y, yv])\n    T = np.eye")
    only = ("    T = np.eye", "    X, y = Xv, yv\n    T = np.eye")

    assert {note.code for note in _graded(Training, lambda name: name == "train_relu").notes} == set()
    assert _graded(Training, lambda name: name == "train_relu", more).score.given > 0
    report = _graded(Training, lambda name: name == "train_tanh", only)
    (check,) = report.parts[0].checks

    assert report.score.given == 0
    assert check.diagnosis is not None
    assert check.diagnosis.code == "ACCURACY_BELOW_THRESHOLD"


def test_what_a_few_examples_say_stands_in_the_evidence() -> None:
    report = _graded(Training, lambda name: name == "train_relu", ("- velocity[name]", "- 0 * velocity[name]"))
    (check,) = report.parts[0].checks

    assert check.diagnosis is not None
    assert check.diagnosis.evidence["not_by_heart"] is True
