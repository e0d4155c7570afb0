"""A training that changes its rule, or stops, after the epochs that a rule is read from; right loops pass alike."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.checks.subject import Finding
from grader.grade import grade
from grader.messages import sentence
from grader.report import Verdict
from reference.catalog import Catalog
from reference.spec import UpdateRule
from tests.fakes.in_process import InProcessSandbox, upload

Examine = Callable[..., Finding]
SEEDS = ["public:1", "public:2", "secret:ab", "secret:7"]
LOOP = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, {scale}, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, {scale}, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    w = [a.astype({dtype}) for a in w]
    v = [np.zeros_like(a) for a in w]
    best, worst, waited = np.inf, 0, 0
    for i in range(epochs):
        {before}
        g = backward_prop(x, t, *w)
        v = [({velocity}).astype({dtype}) for v, g in zip(v, g)]
        w = [w - v for w, v in zip(w, v)]
        {after}
    return w
"""
RIGHT = {
    "scale": "0.3",
    "dtype": "float",
    "before": "pass",
    "after": "pass",
    "velocity": "gamma * v + lr * g",
}
PATIENCE = """valid = average_ce(tv, forward_prop(xv, *w)[3])
        waited = 0 if valid < best else waited + 1
        best = min(best, valid)
        if waited == 6: break"""
PATIENCE_OF_ACCURACY = """valid = np.mean(forward_prop(xv, *w)[3].argmax(axis=1) == tv.argmax(axis=1))
        waited = 0 if valid > worst else waited + 1
        worst = max(worst, valid)
        if waited == 10: break"""
SMALLER = "x, t = (x[:-9], t[:-9]) if i == 12 else (x, t)"
WRONG_GRADIENT = """
right = backward_prop
def backward_prop(*a): return tuple(3 * g for g in right(*a))
"""


def _loop(**parts: str) -> str:
    return LOOP.format(**{**RIGHT, **parts})


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"scale": "1.0"},
        {"scale": "0.01"},
        {"dtype": "np.float32"},
        {"dtype": "np.float32", "scale": "1.0"},
        {"after": PATIENCE.replace("if waited == 6: break", "")},
    ],
)
@pytest.mark.parametrize("gradient", ["", WRONG_GRADIENT])
def test_a_right_rule_is_right_to_the_end(parts: dict[str, str], gradient: str, seed: str, examine: Examine) -> None:
    assert examine("update_rule", "train", gradient + _loop(**parts), seed=seed).result.verdict is Verdict.PASSED


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("parts", "code", "told"),
    [
        (
            {"velocity": "(gamma if i < 5 else 0.95) * v + lr * g"},
            "OTHER_FORMULA",
            "computes 0.95 * velocity + 0.07 * gradient in epoch 6 where 0.8 * velocity + 0.07 * gradient, as in the "
            "epochs before, is asked for",
        ),
        (
            {"velocity": "gamma * v + lr * (1 if i < 15 else 0.5) * g"},
            "OTHER_FORMULA",
            "computes 0.8 * velocity + 0.035 * gradient in epoch 16 where",
        ),
        (
            {"velocity": "gamma * v + lr * (g if i < 7 else np.sign(g))"},
            "OTHER_FORMULA",
            "another step in epoch 8 where",
        ),
        ({"before": SMALLER}, "OTHER_DATA", "of 140 of the 149 examples in epoch 13; the whole training set"),
        ({"before": "if i == 15: break"}, "LAST_EPOCH_MISSING", "they are those after 15."),
        ({"after": PATIENCE}, "LAST_EPOCH_MISSING", "epochs they are those after"),
        ({"after": PATIENCE_OF_ACCURACY}, "LAST_EPOCH_MISSING", "epochs they are those after"),
    ],
)
def test_what_changes_later_is_told_with_its_epoch(
    parts: dict[str, str], code: str, told: str, seed: str, examine: Examine
) -> None:
    result = examine("update_rule", "train", _loop(**parts), seed=seed).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.points.given) == (code, 0)
    assert told in sentence(result)
    assert "–" not in sentence(result)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"velocity": "(gamma if i < 5 else 0.95) * v + lr * g"}, "OTHER_FORMULA"),
        ({"before": "if i == 5: break"}, "LAST_EPOCH_MISSING"),
    ],
)
def test_a_wrong_gradient_excuses_no_rule_that_changes(
    parts: dict[str, str], code: str, seed: str, examine: Examine
) -> None:
    result = examine("update_rule", "train", WRONG_GRADIENT + _loop(**parts), seed=seed).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.points.given) == (code, 0)


@pytest.mark.parametrize(
    ("late", "verdict"),
    [("raise ValueError", Verdict.RAISED), ("w = [np.nan * a for a in w]", Verdict.WRONG)],
)
def test_a_training_that_ends_badly_later_loses_the_points(late: str, verdict: Verdict, examine: Examine) -> None:
    before = f"if i == 9: {late}"

    assert examine("update_rule", "train", _loop(before=before)).result.verdict is verdict


FREE = Catalog.builtin().get("aarhus-net-classifier")
STEP = "params[name] - lr * grads"
KEPT = "        self.params = params\n"
ENDS = '                history[part + "_acc"].append(self.score(X, y, params))\n'


def _codes(*changes: tuple[str, str], seed: str) -> set[str]:
    parts = (
        replace(part, checks=tuple(check for check in part.checks if isinstance(check, UpdateRule)))
        for part in FREE.assignment.parts
    )
    assignment = replace(FREE.assignment, parts=tuple(part for part in parts if part.checks))
    source = FREE.solution.replace("for _ in range(epochs)", "for epoch in range(epochs)")
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    report = grade(replace(FREE, assignment=assignment), upload(source), InProcessSandbox(), seed)
    return {check.diagnosis.code for part in report.parts for check in part.checks if check.diagnosis}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ((), set()),
        # the best are kept, of the validation set's loss or accuracy, which the handout allows
        (
            (
                (ENDS, ENDS + "            if epoch == np.argmin(history['val_loss']): kept = dict(params)\n"),
                (KEPT, "        self.params = kept if epochs else params\n"),
            ),
            set(),
        ),
        (
            (
                (ENDS, ENDS + "            if epoch == np.argmax(history['val_acc']): kept = dict(params)\n"),
                (KEPT, "        self.params = kept if epochs else params\n"),
            ),
            set(),
        ),
        (((STEP, "params[name] - lr * (1 if epoch < 4 else 0.8) * grads"),), {"OTHER_FORMULA"}),
        (
            (("params, reg)\n                for name", "params, reg if epoch < 3 else 0)\n                for name"),),
            {"OTHER_FORMULA"},
        ),
    ],
)
def test_where_the_best_may_be_kept_any_state_of_the_way_is_right(
    changes: tuple[tuple[str, str], ...], codes: set[str], seed: str
) -> None:
    assert _codes(*changes, seed=seed) == codes
