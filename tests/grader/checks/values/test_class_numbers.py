"""A wrong prediction is told by many examples: a few class numbers let what is false fit."""

from tests.grader.diagnosis.changed_solution import diagnosis

PREDICT = ("cs231n-two-layer", "forward", "TwoLayerNet.predict", "np.argmax(self.loss(X), axis=1)")
NO_B1 = 'np.argmax(np.maximum(X @ self.params["W1"], 0) @ self.params["W2"] + self.params["b2"], axis=1)'


def test_a_prediction_that_a_few_examples_do_not_tell_is_told_by_more() -> None:
    told = diagnosis(*PREDICT, NO_B1)

    assert told is not None
    assert told.evidence.get("found") == "the index of the largest score without b1"


def test_what_no_formula_explains_stays_unknown() -> None:
    told = diagnosis(*PREDICT, "(np.argmax(self.loss(X), axis=1) + (X[:, 0] > 0.5)) % self.loss(X).shape[1]")

    assert told is not None
    assert told.code == "UNKNOWN"
