"""Predictions by scores that lack a bias, or by a loop that compares scores with others than the largest so far."""

import pytest

from tests.grader.diagnosis.changed_solution import diagnosis

NET, CLASSIFIER, COST, PERCEPTRON = "cs231n-two-layer", "hw2-softmax", "aarhus-net-classifier", "ece544-mlp"
SCORES = 'np.maximum(X @ self.params["W1"] + self.params["b1"], 0) @ self.params["W2"] + self.params["b2"]'
ALL = "forward(X, params, act)[0]"


@pytest.mark.parametrize(
    ("slug", "function", "old", "new", "without"),
    [
        (COST, "NetClassifier.predict", ' + params["b2"], axis=1)', ", axis=1)", "b2"),
        *(
            (NET, "TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)", f"np.argmax({scores}, axis=1)", without)
            for scores, without in (
                (SCORES.replace(' + self.params["b2"]', ""), "b2"),
                (SCORES.replace(' + self.params["b1"]', ""), "b1"),
                (SCORES.replace(' + self.params["b2"]', "").replace(' + self.params["b1"]', ""), "b1 and b2"),
                (SCORES.replace("b2", "W2").replace('+ self.params["W2"]', '+ self.params["b2"].mean()'), "b2"),
            )
        ),
        *(
            (
                *(PERCEPTRON, name, ALL),
                f"forward(X, {{k: v * (k not in {lacking}) for k, v in params.items()}}, act)[0]",
                without,
            )
            for name, lacking, without in (
                ("predict_relu_1", ["b1"], "b1"),
                ("predict_relu_1", ["b2"], "b2"),
                ("predict_relu_1", ["b1", "b2"], "b1 and b2"),
            )
        ),
    ],
)
def test_a_prediction_without_a_bias_is_named(slug: str, function: str, old: str, new: str, without: str) -> None:
    """The mean of a bias moves all scores alike: what is said is true of that too."""
    told = diagnosis(slug, "forward", function, old, new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == (
        "OTHER_FORMULA",
        f"the index of the largest score without {without}",
    )


LOOP = """prediction = np.zeros(N, dtype=int)
    for n in range(N):
        for c in range({classes}):
            if p[n, c] > p[n, {other}]:
                prediction[n] = c{then}"""


@pytest.mark.parametrize(
    ("classes", "other", "then", "found"),
    [
        ("1, p.shape[1]", "c - 1", "", "the last class whose score is above that of the class before"),
        (
            "1, p.shape[1]",
            "c - 1",
            "\n                break",
            "the first class whose score is above that of the class before",
        ),
        ("p.shape[1] - 1", "c + 1", "", "the last class whose score is above that of the class after"),
        ("1, p.shape[1]", "0", "", "the last class whose score is above that of class 0"),
        ("1, p.shape[1]", "0", "\n                break", "the first class whose score is above that of class 0"),
    ],
)
def test_a_loop_that_compares_with_another_class_is_named(classes: str, other: str, then: str, found: str) -> None:
    new = LOOP.format(classes=classes, other=other, then=then)
    told = diagnosis(CLASSIFIER, "forward", "softmax_classifier", "prediction = np.argmax(p, axis=1)", new)

    assert told is not None
    assert (told.code, told.evidence.get("found")) == ("OTHER_FORMULA", f"{found}, else class 0")


def test_a_loop_that_compares_with_0_is_named() -> None:
    loop = LOOP.format(classes="p.shape[1]", other="", then="").replace("p[n, c] > p[n, ]", "(input @ W)[n, c] > 0")
    told = diagnosis(CLASSIFIER, "forward", "softmax_classifier", "prediction = np.argmax(p, axis=1)", loop)

    assert told is not None
    assert told.evidence.get("found") == "the last class whose score is above 0, else class 0"


def test_the_largest_so_far_is_right() -> None:
    new = LOOP.format(classes="1, p.shape[1]", other="prediction[n]", then="")

    assert diagnosis(CLASSIFIER, "forward", "softmax_classifier", "prediction = np.argmax(p, axis=1)", new) is None
