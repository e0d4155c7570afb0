from functools import reduce

import numpy as np

DEFAULTS = {"axis": 1, "decay": 1e-3, "factor": 0.5}


def with_defaults(options):
    return {**DEFAULTS, **options}


def make_softmax(options):
    axis = options["axis"]

    def log_probs(scores):
        centred = scores - scores.max(axis=axis, keepdims=True)
        return centred - np.log(np.exp(centred).sum(axis=axis, keepdims=True))

    return {
        "log": log_probs,
        "probs": lambda scores: np.exp(log_probs(scores)),
    }


def make_penalty(options):
    decay, factor = options["decay"], options["factor"]
    if decay == 0:
        return {"value": lambda w: 0.0, "slope": lambda w: np.zeros_like(w)}
    return {
        "value": lambda w: factor * decay * float((w**2).sum()),
        "slope": lambda w: 2 * factor * decay * w,
    }


def make_cross_entropy(label):
    count = len(label)
    return {
        "value": lambda log_p: -float((label * log_p).sum()) / count,
        "residual": lambda probs: (probs - label) / count,
    }


def softmax_classifier(W, input, label, lamda):
    options = with_defaults({"decay": lamda})
    softmax, penalty, entropy = make_softmax(options), make_penalty(options), make_cross_entropy(label)

    scores = input @ W
    probs = softmax["probs"](scores)

    losses = [entropy["value"](softmax["log"](scores)), penalty["value"](W)]
    slopes = [input.T @ entropy["residual"](probs), penalty["slope"](W)]
    add = lambda a, b: a + b

    prediction = np.array(list(map(lambda row: int(row.argmax()), probs)))
    return reduce(add, losses), reduce(add, slopes), prediction
