"""Three short trainings show the rule that moves the parameters; a wrong gradient costs its own part, not this one."""

from collections.abc import Callable

import pytest

from grader.checks.steps.observed_steps import SIZES
from grader.checks.subject import Finding
from grader.messages import sentence
from grader.report import Verdict
from grader.sandbox import Stopped
from grader.seeds import generator

Examine = Callable[..., Finding]
SEEDS = ["public:1", "public:2", "secret:ab"]
TRAIN = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w = [rng.normal(0, 0.3, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, 0.3, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.zeros_like(a) for a in w]
    for _ in range(epochs):
        g = backward_prop(x, t, *w)
        v = [{velocity} for v, g, w in zip(v, g, w)]
        w = [{weight} for w, v, g in zip(w, v, g)]
    return {result}
"""


def _train(velocity: str = "gamma * v + lr * g", weight: str = "w - v", result: str = "w") -> str:
    return TRAIN.format(velocity=velocity, weight=weight, result=result)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "code",
    [
        "",
        _train(),
        _train("gamma * v - lr * g", "w + v"),
        _train(result="dict(b_o=w[3], w_o=w[2], b_h=w[1], w_h=w[0])"),
        _train(result="w[0], w[1][0], w[2], w[3][0]"),
        _train(result="[a.astype(np.float32) for a in w]"),
        _train("gamma * v + rate * g").replace("lr=0.1", "rate=0.1"),
    ],
)
def test_every_way_of_writing_the_rule_passes(code: str, seed: str, examine: Examine) -> None:
    finding = examine("update_rule", "train", code, seed=seed)

    assert finding.result.verdict is Verdict.PASSED
    assert finding.result.points.given == 6
    assert finding.notes == ()


LOOKS_AHEAD = _train().replace("*w)", "*[a - gamma * b for a, b in zip(w, v)])")

BIASES_ARE_NUMBERS = """
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(), a_h.T @ d_o, d_o.sum()
"""


@pytest.mark.parametrize("seed", SEEDS)
def test_one_number_for_all_biases_is_stepped_by_as_it_is(seed: str, examine: Examine) -> None:
    finding = examine("update_rule", "train", BIASES_ARE_NUMBERS + _train(), seed=seed)

    assert finding.result.verdict is Verdict.PASSED
    assert [note.code for note in finding.notes] == ["GRADED_ON_OWN"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_gradient_at_the_weights_ahead_is_nesterovs(seed: str, examine: Examine) -> None:
    result = examine("update_rule", "train", LOOKS_AHEAD, seed=seed).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.points.given) == ("NESTEROV", 0)


BIASES_ARE_MEANS = BIASES_ARE_NUMBERS.replace("sum()", "mean(axis=0, keepdims=True)")
OWN_GRADIENTS = """
def gradients(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    return x.T @ d_h, d_h.sum(axis=0, keepdims=True), a_h.T @ d_o, d_o.sum(axis=0, keepdims=True)
"""


@pytest.mark.parametrize(
    ("velocity", "code", "only_in"),
    [
        ("gamma * v * (w.shape != (1, 10)) + lr * g", "NO_MOMENTUM", ["b_o"]),
        ("gamma * v * (len(w) == 1) + lr * g", "NO_MOMENTUM", ["w_h", "w_o"]),
        ("lr * g - gamma * v", "MOMENTUM_SIGN", None),
    ],
)
@pytest.mark.parametrize("loop", ["backward_prop", "gradients"])
def test_a_wrong_rule_is_told_of_the_gradients_that_are_in_it(
    loop: str, velocity: str, code: str, only_in: list[str] | None, examine: Examine
) -> None:
    """With the gradients of a wrong function that it does not step by, the means of the biases would be told of it."""
    rule = _train(velocity).replace("backward_prop", loop)
    result = examine("update_rule", "train", BIASES_ARE_MEANS + OWN_GRADIENTS + rule).result

    assert result.diagnosis is not None
    assert (result.diagnosis.code, result.diagnosis.evidence.get("only_in")) == (code, only_in)
    assert "also" not in result.diagnosis.evidence


@pytest.mark.parametrize("rule", [_train("gamma * v + lr * np.sin(9 * g)"), LOOKS_AHEAD])
def test_own_gradients_of_another_shape_are_no_fault_of_ours(rule: str, examine: Examine) -> None:
    result = examine("update_rule", "train", BIASES_ARE_NUMBERS + rule).result

    assert result.verdict is Verdict.WRONG


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("velocity", "weight", "code"),
    [
        ("gamma * v + lr * g", "w", "PARAMS_NOT_UPDATED"),
        ("lr * g", "w - v", "NO_MOMENTUM"),
        ("gamma * v + lr * g", "w + v", "ASCENT"),
        ("gamma * v - lr * g", "w - v", "ASCENT"),
        ("gamma * w + lr * g", "w - v", "MOMENTUM_USES_WEIGHT"),
        ("gamma * v + (1 - gamma) * lr * g", "w - v", "MOMENTUM_DAMPED"),
        ("gamma * v + lr * g * len(x)", "w - v", "TOTAL_NOT_MEAN"),
        ("gamma * v + lr * g / len(x)", "w - v", "DOUBLE_MEAN"),
        ("lr * g - gamma * v", "w - v", "MOMENTUM_SIGN"),
        ("gamma * v + lr * g * 1.01", "w - v", "STEP_FACTORS"),
        ("gamma * v + lr * g + 0.001 * w", "w - v", "WEIGHT_DECAY"),
        ("gamma * v + g", "w - v", "RATE_IGNORED"),
        ("gamma * v + 2 * lr * g", "w - v", "FACTOR_TWO"),
        ("gamma * v + lr * np.sin(9 * g)", "w - v", "UNKNOWN"),
        ("gamma * v + lr * g", "v", "OTHER_FORMULA"),
        ("gamma * v + lr * g", "v - w", "OTHER_FORMULA"),
        ("gamma * v + lr * np.sign(g)", "w - v", "OTHER_FORMULA"),
    ],
)
def test_another_rule_is_named(velocity: str, weight: str, code: str, seed: str, examine: Examine) -> None:
    result = examine("update_rule", "train", _train(velocity, weight), seed=seed).result

    assert result.verdict is Verdict.WRONG
    assert result.points.given == 0
    assert result.diagnosis is not None
    assert result.diagnosis.code == code
    assert {"step", "expected_step", "lr", "gamma", "N"} <= result.diagnosis.evidence.keys()
    assert "–" not in sentence(result)  # everything that the sentence speaks of was measured


LOOP = """
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng({seed})
    w = [rng.normal(0, 0.3, (x.shape[1], hidden)), np.zeros((1, hidden)),
         rng.normal(0, 0.3, (hidden, t.shape[1])), np.zeros((1, t.shape[1]))]
    v = [np.full_like(a, {start}) for a in w]
    best, total = np.inf, [0 * a for a in w]
    kept = w
    once = backward_prop(x, t, *w)
    for _ in range({epochs}):
        {body}
    return {result}
"""
STEP = "g = backward_prop(x, t, *w); v = [gamma * v + lr * g for v, g in zip(v, g)]; w = [w - v for w, v in zip(w, v)]"
LATE = "g = backward_prop(x, t, *w); w = [w - v for w, v in zip(w, v)]; v = [gamma * v + lr * g for v, g in zip(v, g)]"
WATCH = "; valid = average_ce(tv, forward_prop(xv, *w)[3])"
EARLY = STEP + WATCH + "\n        if valid > best: break\n        best = valid"
BEST = STEP + WATCH + "\n        if valid < best: best, kept = valid, w"
ADDED = STEP.replace("; v = [", "; total = [s + g for s, g in zip(total, g)]; v = [").replace(
    "zip(v, g)]", "zip(v, total)]"
)
LAYERED = """for i in ((0, 1), (2, 3)):
            g = backward_prop(x, t, *w)
            for k in i:
                v[k] = gamma * v[k] + lr * g[k]; w[k] = w[k] - v[k]"""

THROUGH_NEW = """z, a, _, p = forward_prop(x, *w)
        g = [0, 0, 0, 0]
        d = (p - t) / len(x)
        for k, i in ((2, a), (0, x)):
            g[k], g[k + 1] = i.T @ d, d.sum(axis=0, keepdims=True)
            for j in (k, k + 1):
                v[j] = gamma * v[j] + lr * g[j]; w[j] = w[j] - v[j]
            d = (d @ w[2].T) * (z > 0) if k else d"""


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("parts", "code", "found"),
    [
        ({}, None, None),
        ({"start": 1e-5}, None, None),
        (
            {"body": STEP.replace("backward_prop(x, t, *w)", "once")},
            "OTHER_FORMULA",
            "a gradient that is calculated once",
        ),
        ({"body": LATE}, "OTHER_FORMULA", "gamma * velocity + lr * the gradient of the step before"),
        ({"body": ADDED}, "OTHER_FORMULA", "gamma * velocity + lr * the sum of the gradients of all steps so far"),
        ({"body": LAYERED}, "OTHER_FORMULA", "the gradients of w_o, b_o after w_h, b_h have stepped"),
        ({"body": THROUGH_NEW}, "UPDATED_TOO_EARLY", None),
        ({"start": 1.0}, "OTHER_FORMULA", "a velocity that starts at 1"),
        ({"epochs": "epochs + 1"}, "EPOCHS_OFF_BY_ONE", None),
        ({"epochs": "epochs - 1"}, "EPOCHS_OFF_BY_ONE", None),
        ({"seed": ""}, "NOT_DETERMINISTIC", None),
        ({"body": EARLY}, "LAST_EPOCH_MISSING", None),
        ({"body": BEST, "result": "kept"}, "LAST_EPOCH_MISSING", None),
        ({"body": STEP + WATCH}, None, None),
        # the first and the third step are right
        ({"body": STEP + "; lr, gamma = gamma, lr"}, "STEP_FACTORS", None),
    ],
)
def test_what_a_loop_does_otherwise_is_told(
    parts: dict[str, str], code: str | None, found: str | None, seed: str, examine: Examine
) -> None:
    loop = {"seed": "seed", "start": 0.0, "epochs": "epochs", "body": STEP, "result": "w", **parts}
    result = examine("update_rule", "train", LOOP.format(**loop), seed=seed).result

    told = result.diagnosis.code if result.diagnosis else None
    if code == "STEP_FACTORS":
        assert "in the second of three steps only" in sentence(result)
    assert (told, result.diagnosis.evidence.get("found") if result.diagnosis else None) == (code, found)


WRONG_GRADIENT = """
right = backward_prop
def backward_prop(*a): return tuple(3 * g for g in right(*a))
"""


def test_a_loop_over_a_wrong_gradient_is_graded_on_it(examine: Examine) -> None:
    finding = examine("update_rule", "train", WRONG_GRADIENT)

    assert finding.result.verdict is Verdict.PASSED
    assert [(note.code, note.evidence["given"]) for note in finding.notes] == [("GRADED_ON_OWN", ["backward_prop"])]


def test_a_wrong_gradient_excuses_no_wrong_rule(examine: Examine) -> None:
    result = examine("update_rule", "train", WRONG_GRADIENT + _train("lr * g")).result

    assert result.diagnosis is not None
    assert (result.verdict, result.diagnosis.code) == (Verdict.WRONG, "NO_MOMENTUM")


def test_to_stand_still_on_a_gradient_of_zero_proves_nothing(examine: Examine) -> None:
    finding = examine("update_rule", "train", "def backward_prop(x, t, *w): return tuple(0 * a for a in w)")

    assert finding.result.points.given == 0
    assert finding.notes == ()


@pytest.mark.parametrize(
    ("code", "verdict", "diagnosis"),
    [
        ("def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): pass", Verdict.WRONG, "UNFINISHED"),
        (
            "def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): raise NotImplementedError",
            Verdict.RAISED,
            "UNFINISHED",
        ),
        ("def train(x, t, xv, tv): return x", Verdict.RAISED, "ARITY"),
        ("def train(x, t, xv, tv, steps, units, rate, m, r): return range(rate)", Verdict.RAISED, "ARITY"),
        ("def train(x, t, xv, tv, units, lr, m, steps, r): return range(lr)", Verdict.RAISED, "RAISED"),
        ("def train(x, t, xv, tv, seed, epochs, lr, gamma, hidden): return range(lr)", Verdict.RAISED, "RAISED"),
        ("def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): return {'w_h': x}", Verdict.WRONG, "KEYS"),
        ("def train(x, t, xv, tv, hidden, lr, gamma, epochs, seed): return x, x", Verdict.WRONG, "RESULT_COUNT"),
        (_train(result="w[0].T, w[1], w[2], w[3]"), Verdict.WRONG, "SHAPE"),
        (_train(result="[a * np.nan for a in w]"), Verdict.WRONG, "DIVERGED"),
        (_train(result="[a * 1j for a in w]"), Verdict.WRONG, "RESULT_TYPE"),
    ],
)
def test_a_training_that_gives_no_parameters_is_named(
    code: str, verdict: Verdict, diagnosis: str, examine: Examine
) -> None:
    result = examine("update_rule", "train", code).result

    assert result.diagnosis is not None
    assert (result.verdict, result.diagnosis.code, result.points.given) == (verdict, diagnosis, 0)


def test_missing_and_ended_cost_the_points(examine: Examine) -> None:
    missing = examine("update_rule", "train", "def f(x): return x", alone=True).result
    ended = examine("update_rule", "train", train=Stopped(Verdict.TIME_LIMIT, "too long")).result

    assert (missing.verdict, ended.verdict) == (Verdict.MISSING, Verdict.TIME_LIMIT)
    assert missing.points.given == ended.points.given == 0


IN_FLOAT32 = """
forward_in_double = forward_prop
def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_in_double(x, w_h, b_h, w_o, b_o)
    d_o = (p - target) / len(x)
    d_h = (d_o @ w_o.T) * (z_h > 0)
    found = x.T @ d_h, d_h.sum(0, keepdims=True), a_h.T @ d_o, d_o.sum(0, keepdims=True)
    return [a.astype(np.{dtype}) for a in found]
"""
OFF_ON_ONE_SET = _train("gamma * v + lr * g * (1 + 1e-4 * OFF)")


def _first_input(seed: str, *labels: str) -> float:
    """x[0, 0] of the set that a loop is looked at on."""
    return float(generator(seed, "update_rule", *labels).standard_normal((SIZES["N"], SIZES["D"]))[0, 0])


SEED = next(f"public:{n}" for n in range(100) if _first_input(f"public:{n}") < 0 < _first_input(f"public:{n}", "again"))


@pytest.mark.parametrize(
    ("dtype", "off", "verdict"),
    [
        ("float32", "(x[0, 0] < 0)", Verdict.PASSED),  # as where float32 turns a unit on that is off
        ("float64", "(x[0, 0] < 0)", Verdict.WRONG),
        ("float32", "(len(x) > 1)", Verdict.WRONG),
    ],
)
def test_steps_by_a_float32_gradient_are_looked_at_again(
    dtype: str, off: str, verdict: Verdict, examine: Examine
) -> None:
    code = IN_FLOAT32.format(dtype=dtype) + OFF_ON_ONE_SET.replace("OFF", off)

    assert examine("update_rule", "train", code, seed=SEED).result.verdict is verdict
