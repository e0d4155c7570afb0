# -*- coding: utf-8 -*-
# ---
# jupyter:
#   jupytext:
#     text_representation:
#       format_name: light
# ---

# # Softmax classifier
# We *derive* the gradient.

import numpy as np

# + {"tags": ["export"]}
# helpers
CLIP = float(np.sqrt(np.finfo(float).tiny))
def _log_softmax(s):
    s = s - s.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

_norm2 = lambda W: (W ** 2).sum()   # a lambda
# -

# + active="ipynb"
# W = np.random.randn(3, 2)
# -

def softmax_classifier(W, input, label, lamda):
    """loss, gradient, prediction"""
    N = input.shape[0]
    log_p = _log_softmax(input.dot(W))
    p = np.exp(log_p)
    loss = (-(label * log_p).sum() / N
            + .5 * lamda * _norm2(W))
    gradient = input.T.dot(p - label) / N + lamda * W
    prediction = log_p.argmax(1)
    return loss, gradient, prediction