"""The two-layer network: right code in many styles keeps every point; a step is judged whatever its batch draws."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("cs231n-two-layer")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in FOLDER.assignment.parts
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
STEP = "self.params[name] = self.params[name] - learning_rate * grads[name]"
DRAWN = "rows = np.random.choice(len(X), size, replace=False)"
DECAY = "                learning_rate *= learning_rate_decay\n"
DECAYS_EACH = (DECAY, DECAY.replace("                ", "            ", 1))
HALF = (
    ("+ reg * (np.sum(W1**2)", "+ 0.5 * reg * (np.sum(W1**2)"),
    ("+ 2 * reg * W1", "+ reg * W1"),
    ("+ 2 * reg * W2", "+ reg * W2"),
)
RIGHT = {
    "half": HALF,
    "half_in_the_penalty_sum": (
        ("reg * (np.sum(W1**2) + np.sum(W2**2))", "reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)"),
    ),
    "with_replacement": ((DRAWN, "rows = np.random.choice(len(X), batch_size)"),),
    "choice_of_indices": ((DRAWN, "rows = np.random.choice(np.arange(len(X)), batch_size, replace=True)"),),
    "randint": ((DRAWN, "rows = np.random.randint(0, len(X), size=batch_size)"),),
    "permutation": ((DRAWN, "rows = np.random.permutation(len(X))[:batch_size]"),),
    "own_generator": ((DRAWN, "rows = np.random.default_rng().choice(len(X), size)"),),
    "generator_of_one_seed": (
        ("size = min(batch_size, len(X))", "size = min(batch_size, len(X))\n        rng = np.random.default_rng(0)"),
        (DRAWN, "rows = rng.choice(len(X), size)"),
    ),
    "decay_after_a_pass": (("if iteration % per_epoch == 0:", "if (iteration + 1) % per_epoch == 0:"),),
    "decay_before_the_next_pass": (
        ("                learning_rate *= learning_rate_decay\n", ""),
        (
            "            loss, grads = self.loss(X[rows], y[rows], reg)",
            "            if iteration and iteration % per_epoch == 0:\n"
            "                learning_rate *= learning_rate_decay\n"
            "            loss, grads = self.loss(X[rows], y[rows], reg)",
        ),
    ),
    "decay_as_a_power_with_half": (
        *HALF,
        ("                learning_rate *= learning_rate_decay\n", ""),
        (STEP, STEP.replace("learning_rate", "learning_rate * learning_rate_decay ** (iteration // per_epoch)")),
    ),
    "in_place": ((STEP, "self.params[name] -= learning_rate * grads[name]"),),
    "keepdims": (("delta1.sum(axis=0)", "delta1.sum(axis=0, keepdims=True)"),),
    "ones": (("delta2.sum(axis=0)", "np.ones(len(X)) @ delta2"),),
    "mask_of_output": (("(z1 > 0)", "(a1 > 0)"),),
    "mask_assigned": (("(delta2 @ W2.T) * (z1 > 0)", "delta2 @ W2.T\n        delta1[a1 <= 0] = 0"),),
    "where": (("np.maximum(z1, 0)", "np.where(z1 > 0, z1, 0.0)"),),
    "epsilon": (("-np.mean(log_p[rows, y])", "-np.mean(np.log(np.exp(log_p[rows, y]) + 1e-8))"),),
    "column_of_predictions": (("np.argmax(self.loss(X), axis=1)", "np.argmax(self.loss(X), axis=1)[:, None]"),),
    "own_predict": (
        (
            "np.argmax(self.loss(X), axis=1)",
            'np.argmax(np.maximum(0, X.dot(self.params["W1"]) + self.params["b1"]).dot(self.params["W2"])'
            ' + self.params["b2"], axis=1)',
        ),
    ),
    "float32": (("W1, b1, W2, b2 = (self.params[name] for", "W1, b1, W2, b2 = (np.float32(self.params[name]) for"),),
    "further_attributes": (
        ("        self.params = {", "        self.sizes = (input_size, hidden_size)\n        self.params = {"),
    ),
}


def _changed(*changes: tuple[str, str]) -> str:
    source = FOLDER.solution
    for before, after in changes:
        assert source.count(before) == 1, before
        source = source.replace(before, after)
    return source


def _report(source: str, seed: str) -> Report:
    return grade(QUICK, upload(source), InProcessSandbox(), seed)


def _lost(report: Report) -> dict[str, set[str]]:
    failed = {p.name: {c.diagnosis.code for c in p.checks if c.diagnosis} for p in report.parts}
    return {name: codes for name, codes in failed.items() if codes}


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize("name", RIGHT)
def test_right_code_keeps_every_point(name: str, seed: str) -> None:
    report = _report(_changed(*RIGHT[name]), seed)

    assert _lost(report) == {}
    assert report.score.given == report.score.maximum == 92


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        (HALF[1:], {"gradients": {"REG_SCALE"}}),
        (
            ((DRAWN, "rows = np.arange(iteration * size, (iteration + 1) * size) % len(X)"),),
            {"train": {"NO_SHUFFLE"}},
        ),
        (
            ((STEP, "self.params[name] = self.params[name] - grads[name]"),),
            {"train": {"RATE_IGNORED", "FOLLOWS_FROM_STEP"}},
        ),
        ((DECAYS_EACH,), {"train": {"OTHER_FORMULA"}}),
        (((DECAY, "\n"),), {"train": {"RATE_NOT_DECAYED"}}),
        ((("losses.append(loss)", "losses = [loss]"),), {"train": {"HISTORY_LENGTH"}}),
        ((("losses.append(loss)", "losses.append(losses[0] if losses else loss)"),), {"train": {"OTHER_FORMULA"}}),
        (
            (
                ("            losses.append(loss)\n", ""),
                (STEP, STEP + "\n            losses.append(self.loss(X[rows], y[rows], reg)[0])"),
            ),
            {"train": {"OTHER_FORMULA"}},  # recorded after its step
        ),
        ((*HALF, ("delta2 = delta2 / len(X)", "pass")), {"gradients": {"TOTAL_NOT_MEAN"}}),
    ],
)
def test_mistakes_cost_their_own(changes: tuple[tuple[str, str], ...], lost: dict[str, set[str]]) -> None:
    assert _lost(_report(_changed(*changes), "public:1")) == lost


@pytest.mark.parametrize(
    ("passed", "code"),
    [("0.0", "REG_MISSING_IN_GRAD"), ("2 * reg", "REG_SCALE"), ("reg / 4", "REG_SCALE"), ("-reg", "REG_SIGN")],
)
def test_steps_with_another_regularisation_are_named(passed: str, code: str) -> None:
    report = _report(
        _changed(("self.loss(X[rows], y[rows], reg)", f"self.loss(X[rows], y[rows], {passed})")), "public:1"
    )
    told = {c.function: c.diagnosis.code for p in report.parts for c in p.checks if c.diagnosis}

    assert (told["one_step"], told["two_steps"]) == (code, code)


def test_a_rate_that_decays_in_each_iteration_is_told() -> None:
    """It costs the point of one pass alone: where each step is a pass it is right."""
    report = _report(_changed(DECAYS_EACH), "public:1")
    (told,) = [c for p in report.parts for c in p.checks if c.diagnosis]

    assert told.function == "three_iterations"
    assert told.diagnosis is not None
    assert told.diagnosis.evidence["found"] == "a rate that decays after each iteration"
    assert report.score.given == report.score.maximum - 1


FROM_THE_FIRST = (
    ("size = min(batch_size, len(X))", "size = min(batch_size, len(X))\n        first = dict(self.params)"),
    (STEP, STEP.replace("= self.params[name]", "= first[name]")),
)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        (
            FROM_THE_FIRST,
            {
                "two_steps": "each step from the parameters before training",
                "three_iterations": "each step from the parameters before training",
                "loss_history": "losses of steps each of which starts from the parameters before training",
            },
        ),
        (
            (
                (DECAY, "                pass\n"),
                (STEP, STEP.replace("learning_rate", "learning_rate * learning_rate_decay ** (iteration / per_epoch)")),
            ),
            {"three_iterations": "the rate learning_rate * learning_rate_decay ** (iteration / iterations_per_epoch)"},
        ),
        (
            (("for iteration in range(num_iters)", "for iteration in range(1, num_iters)"),),
            {"two_steps": "the rates lr, 0: a single step", "three_iterations": "two steps alone"},
        ),
        (
            (
                ("            losses.append(loss)\n", ""),
                (STEP, STEP + "\n            losses.append(self.loss(X[rows], y[rows], reg)[0])"),
            ),
            {"loss_history": "the loss after each step"},
        ),
        (
            (("+ np.sum(W2**2))", "+ np.sum(W2**2) + np.sum(b1**2))"),),
            {"TwoLayerNet.loss": "reg * (sum(W1 ** 2) + sum(W2 ** 2) + sum(b1 ** 2))"},
        ),
        ((("            return scores", "            return np.exp(scores)"),), {"scores": "exp(scores)"}),
        (
            (
                (DECAY, "                pass\n"),
                (STEP, STEP.replace("learning_rate", "learning_rate * learning_rate_decay * (iteration // per_epoch)")),
            ),
            {
                "two_steps": "one step alone, at the rate of the last,",
                "three_iterations": "the rate learning_rate * learning_rate_decay * (the number of passes so far)",
            },
        ),
    ],
)
def test_what_is_computed_instead_is_told(changes: tuple[tuple[str, str], ...], found: dict[str, str]) -> None:
    report = _report(_changed(*changes), "public:1")
    wrong = [c for p in report.parts for c in p.checks if c.diagnosis and c.diagnosis.code == "OTHER_FORMULA"]

    assert {check.function: check.diagnosis.evidence["found"] for check in wrong if check.diagnosis} == found


@pytest.mark.parametrize("names", ["self.params", "reversed(self.params)"])
def test_a_gradient_taken_anew_for_each_parameter_is_named(names: str) -> None:
    anew = STEP.replace("grads[name]", "self.loss(X[rows], y[rows], reg)[1][name]")
    report = _report(
        _changed(
            (f"for name in self.params:\n                {STEP}", f"for name in {names}:\n                {anew}")
        ),
        "public:1",
    )
    told = {c.function: c.diagnosis.code for p in report.parts for c in p.checks if c.diagnosis}

    assert told == dict.fromkeys(("one_step", "two_steps", "three_iterations"), "UPDATED_TOO_EARLY")


def test_a_search_for_the_largest_score_that_starts_from_zero_is_told() -> None:
    report = _report(
        _changed(("np.argmax(self.loss(X), axis=1)", "np.argmax(np.maximum(self.loss(X), 0), axis=1)")), "public:1"
    )

    assert _lost(report) == {"predict": {"OTHER_FORMULA"}}


def test_steps_that_start_anew_are_no_rows_that_are_never_drawn() -> None:
    report = _report(_changed(*FROM_THE_FIRST), "public:1")
    told = {c.function: c.diagnosis.code for p in report.parts for c in p.checks if c.diagnosis}

    assert told["batches"] == "FOLLOWS_FROM_STEP"


def test_steps_on_the_students_own_gradient_are_right_within_a_pass_too() -> None:
    for late in ((), (("if iteration % per_epoch == 0:", "if (iteration + 1) % per_epoch == 0:"),)):
        report = _report(_changed(("+ 2 * reg * W1", "+ 3 * reg * W1"), *late), "public:1")

        assert [part.name for part in report.parts if part.points.given < part.points.maximum] == ["gradients"]


def test_a_softmax_that_overflows_says_nothing_of_the_rate() -> None:
    """One probe gives NaN; on the others the steps are those of a rate that decays after the last of a pass."""
    unshifted = ("np.exp(log_p)", "np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)")
    late = ("if iteration % per_epoch == 0:", "if (iteration + 1) % per_epoch == 0:")
    report = _report(_changed(unshifted, late), "public:1")
    told = {c.function: c.diagnosis.code for p in report.parts for c in p.checks if c.diagnosis}

    assert told["three_iterations"] == "NOT_FINITE"


def test_a_softmax_that_overflows_to_finite_numbers_says_nothing_of_the_rate_either() -> None:
    """Shifted by the mean, one probe is wrong, and with it every way to decay is, on some probe."""
    shifted = ("scores - scores.max(axis=1, keepdims=True)", "scores - scores.mean(axis=1, keepdims=True)")
    late = ("if iteration % per_epoch == 0:", "if (iteration + 1) % per_epoch == 0:")
    report = _report(_changed(shifted, late), "public:1")
    told = {c.function: c.diagnosis.code for p in report.parts for c in p.checks if c.diagnosis}

    assert "RATE_NOT_DECAYED" not in told.values()


def test_an_epsilon_is_accepted_in_the_loss_of_wrong_scores_too() -> None:
    epsilon = ("-np.mean(log_p[rows, y])", "-np.mean(np.log(np.exp(log_p[rows, y]) + 1e-12))")
    wrong = ("scores = a1 @ W2 + b2", "scores = a1 @ W2 - b2")
    report = grade(QUICK, upload(_changed(epsilon, wrong)), InProcessSandbox(), "public:1")
    values = [c for p in report.parts if p.name == "loss" for c in p.checks if c.kind == "forward"]

    assert [check.points.given for check in values] == [15]


@pytest.mark.parametrize(
    ("line", "spoilt"),
    [
        ("self.params['W1'] = 2 * self.params['W1']", "self.params['W1']"),
        ("self.params['b2'] += 1", "self.params['b2']"),
        ("self.params = {**self.params, 'W2': None}", "self.params['W2']"),
    ],
)
def test_a_prediction_that_changes_the_parameters_is_told(line: str, spoilt: str) -> None:
    last = "return np.argmax(self.loss(X), axis=1)"
    report = _report(_changed((last, f"best = np.argmax(self.loss(X), axis=1); {line}; return best")), "public:1")
    told = [c.diagnosis for p in report.parts if p.name == "predict" for c in p.checks if c.diagnosis]

    assert [(found.code, found.evidence["argument"]) for found in told] == [("MUTATES_INPUT", spoilt)]
