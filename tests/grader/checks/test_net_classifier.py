"""The network classifier: a class is made, its methods called, its attributes read; conventions are whole or wrong."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Report
from reference.catalog import Catalog
from reference.spec import Training
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("aarhus-net-classifier")
PARTS = tuple(
    replace(part, checks=tuple(check for check in part.checks if not isinstance(check, Training)))
    for part in FOLDER.assignment.parts
)
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
HALF = (
    ("+ reg * (np.sum(W1**2) + np.sum(W2**2))", "+ reg / 2 * (np.sum(W1**2) + np.sum(W2**2))"),
    ("2 * reg * W1", "reg * W1"),
    ("2 * reg * W2", "reg * W2"),
)

KEEPS_BEST = (
    (
        "        for _ in range(epochs):\n",
        "        best = -1.0\n        for _ in range(epochs):\n",
    ),
    (
        "        self.params = params\n",
        "            score = self.score(X_val, y_val, params)\n"
        "            if score > best:\n"
        "                best, self.params = score, dict(params)\n",
    ),
)

RECORDED = """            for part, X, y in (("train", X_train, y_train), ("val", X_val, y_val)):
                history[part + "_loss"].append(self.cost_grad(X, y, params, reg)[0])
                history[part + "_acc"].append(self.score(X, y, params))
"""
BEFORE_THE_EPOCH = (
    (RECORDED, ""),
    ("            order = np.random", RECORDED + "            order = np.random"),
)
BATCH_AVERAGES = (
    ("            order = np.random", "            costs = []\n            order = np.random"),
    ("                _, grads = ", "                cost, grads = "),
    (
        "                for name in params:\n",
        "                costs.append(cost)\n                for name in params:\n",
    ),
    (RECORDED, RECORDED + '            history["train_loss"][-1] = np.mean(costs)\n'),
)

NEVER_AT_NO_EPOCHS = (
    '            for part, X, y in (("train"',
    '            self.params = params\n            for part, X, y in (("train"',
)


def _changed(*changes: tuple[str, str]) -> str:
    source = FOLDER.solution
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    return source


def _report(source: str, seed: str = "public:1") -> Report:
    return grade(QUICK, upload(source), InProcessSandbox(), seed)


def _lost(report: Report) -> dict[str, set[str]]:
    failed = {p.name: {c.diagnosis.code for c in p.checks if c.diagnosis} for p in report.parts}
    return {name: codes for name, codes in failed.items() if codes}


@pytest.mark.parametrize("seed", ["public:1", "public:2", "secret:ab"])
@pytest.mark.parametrize(
    ("changes", "notes"),
    [
        (HALF, {"REG_SCALE"}),
        ((*HALF, ("np.log(p[", "np.log(1e-6 + p[")), {"REG_SCALE"}),
        ((("delta1.sum(axis=0, keepdims=True)", "delta1.sum(axis=0)"),), {"HARMLESS_SHAPE"}),
        ((("    @staticmethod\n    def cost_grad(X", "    def cost_grad(self, X"),), set()),
        ((("self.history = {name", "self.hist = {name"), ("        self.history = None\n", "")), set()),
        (
            (
                ("    @staticmethod\n", "    @classmethod\n"),
                ("def cost_grad(X", "def cost_grad(cls, X"),
            ),
            set(),
        ),
        ((("class NetClassifier", "class Netclassifier"),), {"SPELLING"}),
        (KEEPS_BEST, set()),
        ((*KEEPS_BEST, ("score > best", "score > max(best, 0)")), set()),
        ((("        self.params = params\n", ""), NEVER_AT_NO_EPOCHS), set()),
        ((("        self.history = {name", "        return {name"),), {"HISTORY_RETURNED"}),
        (
            (("        self.history = {name", "        self.history = None\n        return {name"),),
            {"HISTORY_RETURNED"},
        ),
        (
            (
                ("{name: np.array(value) for name, value in init_params.items()}", "init_params"),
                ("params[name] = params[name] - lr", "params[name] -= lr"),
            ),
            {"FIRST_PARAMETERS_CHANGED"},
        ),
        (BEFORE_THE_EPOCH, set()),
        ((*BEFORE_THE_EPOCH, *KEEPS_BEST), set()),
        ((*BATCH_AVERAGES, *KEEPS_BEST), set()),
        ((("append(self.cost_grad(X, y, params, reg)[0])", "append(self.cost_grad(X, y, params)[0])"),), set()),
        ((("append(self.score(X, y, params))", "append(round(self.score(X, y, params), 2))"),), set()),
        ((("np.random.permutation", "np.random.default_rng().permutation"),), set()),
        ((("return cost, {", "return [cost, {"), ('"d_b2": d_b2}', '"d_b2": d_b2}]')), set()),
    ],
)
def test_right_code_keeps_every_point(changes: tuple[tuple[str, str], ...], notes: set[str], seed: str) -> None:
    report = _report(_changed(*changes), seed)

    assert _lost(report) == {}
    assert report.score.given == report.score.maximum == 90
    assert {note.code for note in report.notes} == notes


@pytest.mark.parametrize("seed", ["public:1", "secret:ab"])
@pytest.mark.parametrize(
    ("changes", "lost", "given"),
    [
        # the asked cost with the other convention's gradients: the gradients are wrong
        (HALF[1:], {"gradients": {"REG_SCALE"}}, 64),
        # the other convention's cost with the asked gradients: the cost is wrong
        (HALF[:1], {"cost": {"REG_SCALE"}}, 75),
        # the other convention, and one mistake in it
        ((*HALF, ("(p - labels) / len(X)", "p - labels")), {"gradients": {"TOTAL_NOT_MEAN"}}, 55),
        (
            (("(p - labels) / len(X)", "p - labels"), ("-np.mean(np.log", "-np.sum(np.log")),
            {"cost": {"TOTAL_NOT_MEAN"}, "gradients": {"TOTAL_NOT_MEAN"}},
            57.5,
        ),
        (
            (
                (
                    "            order = np.random.permutation(len(X_train))",
                    "            order = np.arange(len(X_train))[:-1]",
                ),
            ),
            {"fit": {"OTHER_DATA"}},
            85,
        ),
        (
            (('"train_loss": [], ', ""), ('history[part + "_loss"]', 'history.setdefault(part + "_cost", [])')),
            {"history": {"KEYS"}},
            80,
        ),
        (
            (("self.history = {name: np.array(values) for name, values in history.items()}", "self.history = 3"),),
            {"history": {"RESULT_TYPE"}},
            80,
        ),
        ((("        self.params = params\n", ""),), {"fit": {"UNFINISHED"}}, 85),
        # a history that no epoch gave, that of the other set, and percentages: half of the part
        ((("self.cost_grad(X, y, params, reg)[0]", "-7.5"),), {"history": {"OTHER_FORMULA"}}, 85),
        ((('("val", X_val, y_val)', '("val", X_train, y_train)'),), {"history": {"OTHER_FORMULA"}}, 85),
        ((("append(self.score(X", "append(100 * self.score(X"),), {"history": {"SCORE_PERCENT"}}, 85),
        (
            (("        self.params = params\n", "        self.params = params\n        X_train *= 0.9\n"),),
            {"history": {"MUTATES_INPUT"}},
            89,
        ),
        # lists of the class grow from object to object
        (
            (
                (
                    "    def __init__",
                    '    H = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}\n\n    def __init__',
                ),
                (
                    'history = {"train_loss": [], "train_acc": [], "val_loss": [], "val_acc": []}\n        for',
                    "history = self.H\n        for",
                ),
            ),
            {"history": {"HISTORY_LENGTH"}},
            80,
        ),
        # a wrong score is recorded as it is: it costs its own part
        ((("return np.mean(self.predict", "return np.sum(self.predict"),), {"predict": {"SCORE_COUNTS"}}, 87),
        # parameters and reg left out
        ((("self.params if params is None else params", "params"),), {"predict": {"RAISED"}}, 88),
        (
            (("self.params if params is None else params", "self.params or params"),),
            {"predict": {"OTHER_FORMULA"}},
            88,
        ),
        (
            (("self.params if params is None", "{k: v * 0 for k, v in self.params.items()} if params is None"),),
            {"predict": {"OTHER_FORMULA"}},
            88,
        ),
        ((("self.predict(X, params) == y", "self.predict(X, params or {}) == y"),), {"predict": {"RAISED"}}, 88),
        (
            (
                (
                    "        params = self.params if params is None else params\n",
                    "        params = self.params = self.params if params is None else params\n",
                ),
            ),
            {"predict": {"OTHER_FORMULA"}},
            88,
        ),
        ((("params, reg=0.0)", "params, reg=9.0)"),), {"contract": {"OTHER_FORMULA"}}, 85),
        ((("params, reg=0.0)", "params, reg)"),), {"contract": {"RAISED"}}, 85),
        # one example of every batch but the last is left out, and the best epoch kept, which may be the first
        (
            (
                *KEEPS_BEST,
                (
                    "order[start : start + batch_size]",
                    "order[start : start + batch_size - (start + batch_size < len(order))]",
                ),
            ),
            {"fit": {"LAST_BATCH_DROPPED"}},
            85,
        ),
        ((("y_train[rows], params, reg)", "y_train[rows], params, 0.0)"),), {"fit": {"REG_MISSING_IN_GRAD"}}, 85),
        ((("y_train[rows], params, reg)", "y_train[rows], params, 2 * reg)"),), {"fit": {"WEIGHT_DECAY"}}, 85),
    ],
)
def test_mistakes_cost_their_own(
    changes: tuple[tuple[str, str], ...], lost: dict[str, set[str]], given: float, seed: str
) -> None:
    report = _report(_changed(*changes), seed)

    assert _lost(report) == lost
    assert report.score.given == given


def test_a_class_that_cannot_be_made_says_so() -> None:
    report = _report(_changed(("def __init__(self):", "def __init__(self, hidden):")))

    assert set.union(*_lost(report).values()) == {"RAISED"}
    assert report.score.given == 10


def test_a_method_with_other_parameters_says_so() -> None:
    report = _report(_changed(("def score(self, X, y, params=None)", "def score(self, X, params)")))
    check = next(c for p in report.parts for c in p.checks if c.function == "NetClassifier.score")

    assert check.diagnosis is not None
    assert check.diagnosis.code == "ARITY"
    assert check.diagnosis.evidence["parameters"] == ["X", "params"]
    assert check.diagnosis.evidence["asked"] == ["X", "y", "params"]


def test_a_right_method_that_is_called_wrongly_is_not_blamed() -> None:
    report = _report(_changed(("self.predict(X, params) == y", "self.predict(X, self.params) == y")))
    check = next(c for p in report.parts for c in p.checks if c.function == "NetClassifier.score")

    assert _lost(report)["predict"] == {"RAISED"}
    assert check.diagnosis is not None
    assert check.diagnosis.evidence["exception"] == "TypeError"


def test_a_method_that_is_not_there_is_missing() -> None:
    report = _report(FOLDER.solution.replace("def predict(", "def guess("))
    first = next(c for p in report.parts for c in p.checks if c.function == "NetClassifier.predict")

    assert first.diagnosis is not None
    assert first.diagnosis.code == "MISSING"


def test_an_epsilon_is_accepted_in_the_cost_of_wrong_probabilities_too() -> None:
    epsilon = ("np.log(p[np.arange(len(y)), y])", "np.log(p[np.arange(len(y)), y] + 1e-12)")
    wrong = ("return e / e.sum(axis=1, keepdims=True)", "return e / e.sum(axis=1, keepdims=True) ** 2")
    report = grade(QUICK, upload(_changed(epsilon, wrong)), InProcessSandbox(), "public:1")
    values = [c for p in report.parts if p.name == "cost" for c in p.checks if c.kind == "forward"]

    assert [check.points.given for check in values] == [15]


def test_long_keys_of_a_history_are_cut() -> None:
    source = FOLDER.solution.replace("self.history = {name", 'self.history = {40 * name + "x" * 5000')
    assert source != FOLDER.solution
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    found = next(
        c.diagnosis.evidence["found"] for p in report.parts for c in p.checks if c.kind == "history" and c.diagnosis
    )
    assert isinstance(found, list)
    assert {len(key) for key in found} == {60}


STEPS = """                _, grads = self.cost_grad(X_train[rows], y_train[rows], params, reg)
                for name in params:
                    params[name] = params[name] - lr * grads["d_" + name.lower()]
"""
THROUGH_NEW = """                X, y = X_train[rows], one_in_k_encoding(y_train[rows], params["W2"].shape[1])
                z = X @ params["W1"] + params["b1"]
                d = (softmax(relu(z) @ params["W2"] + params["b2"]) - y) / len(X)
                params["W2"] = params["W2"] - lr * (relu(z).T @ d + 2 * reg * params["W2"])
                params["b2"] = params["b2"] - lr * d.sum(axis=0, keepdims=True)
                d = (d @ params["W2"].T) * (z > 0)
                params["W1"] = params["W1"] - lr * (X.T @ d + 2 * reg * params["W1"])
                params["b1"] = params["b1"] - lr * d.sum(axis=0, keepdims=True)
"""


@pytest.mark.parametrize("form", [(), (*HALF, ("2 * reg * params", "reg * params"))], ids=["asked", "half"])
def test_an_error_that_goes_back_through_new_weights_is_named_beside_a_regularisation(
    form: tuple[tuple[str, str], ...],
) -> None:
    assert _lost(_report(_changed((STEPS, THROUGH_NEW), *form))) == {"fit": {"UPDATED_TOO_EARLY"}}
