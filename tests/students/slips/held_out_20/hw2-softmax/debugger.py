"""Softmax classifier with every intermediate value kept in a dictionary and every shape checked."""

import numpy as np

CHECK = True


def check_shape(name, array, shape):
    if CHECK:
        assert array.shape == shape, f"{name}: {array.shape} instead of {shape}"


def softmax_classifier(W, input, label, lamda):
    D, C = W.shape
    N = input.shape[0]
    check_shape("input", input, (N, D))
    check_shape("label", label, (N, C))
    cache = {}

    # --- forward -----------------------------------------------------------
    cache["s"] = np.matmul(input, W)
    check_shape("s", cache["s"], (N, C))
    row_max = np.max(cache["s"], axis=1).reshape(N, 1)
    cache["shifted"] = cache["s"] - row_max
    cache["exp"] = np.exp(cache["shifted"])
    row_sum = np.sum(cache["exp"], axis=1).reshape(N, 1)
    assert np.all(row_sum >= 1.0), "the largest entry of each row contributes exp(0)"
    cache["z"] = cache["exp"] / row_sum
    check_shape("z", cache["z"], (N, C))
    del row_max

    # --- loss --------------------------------------------------------------
    cache["log_z"] = cache["shifted"] - np.log(row_sum)
    rows = np.arange(N)
    classes = np.argmax(label, axis=1)
    check_shape("classes", classes, (N,))
    picked = cache["log_z"][rows, classes]
    total_ce = -np.sum(picked)
    mean_ce = total_ce / N
    squared = np.power(W, 2)
    reg = 0.5 * lamda * np.sum(squared)
    loss = mean_ce + reg
    assert np.ndim(loss) == 0
    del squared, picked

    # --- gradient ----------------------------------------------------------
    diff = label.copy()
    diff -= cache["z"]
    check_shape("diff", diff, (N, C))
    d_scores = -diff / N
    d_data = np.matmul(np.transpose(input), d_scores)
    check_shape("d_data", d_data, (D, C))
    d_reg = lamda * W
    gradient = d_data + d_reg
    check_shape("gradient", gradient, W.shape)

    # --- prediction --------------------------------------------------------
    prediction = np.argmax(cache["z"], axis=1)
    check_shape("prediction", prediction, (N,))
    return loss, gradient, prediction
