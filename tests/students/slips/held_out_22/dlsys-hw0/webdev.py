import numpy as np

defaults = {"lr": 0.1, "batch": 100}


def softmax(logits):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def one_hot(labels, classes):
    return np.eye(classes)[labels]


def chunks(X, y, size):
    starts = range(0, len(X), size)
    slices = map(lambda start: slice(start, start + size), starts)
    return list(map(lambda s: {"inputs": X[s], "labels": y[s]}, slices))


def softmax_loss(Z, y):
    if len(Z) == 0:
        return 0.0
    peaks = Z.max(axis=1)
    log_sums = peaks + np.log(np.exp(Z - peaks[:, None]).sum(axis=1))
    picked = Z[np.arange(len(Z)), y]
    return float(np.mean(log_sums - picked))


def run_epoch(X, y, step, options):
    config = {**defaults, **options}
    for chunk in chunks(X, y, config["batch"]):
        if not len(chunk["inputs"]):
            return
        for weights, gradient in step(chunk):
            weights -= config["lr"] / len(chunk["inputs"]) * gradient


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    def step(chunk):
        error = softmax(chunk["inputs"] @ theta) - one_hot(chunk["labels"], theta.shape[1])
        return [(theta, chunk["inputs"].T @ error)]

    run_epoch(X, y, step, {"lr": lr, "batch": batch})


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    relu = lambda v: np.maximum(v, 0)

    def step(chunk):
        hidden = relu(chunk["inputs"] @ W1)
        output_error = softmax(hidden @ W2) - one_hot(chunk["labels"], W2.shape[1])
        hidden_error = (hidden > 0) * (output_error @ W2.T)
        return [(W1, chunk["inputs"].T @ hidden_error), (W2, hidden.T @ output_error)]

    run_epoch(X, y, step, {"lr": lr, "batch": batch})
