# -*- coding: utf-8 -*-
# ---
# jupyter:
#   jupytext:
#     cell_metadata_filter: -all
#     formats: ipynb,py:light
#     text_representation:
#       extension: .py
#       format_name: light
#       format_version: '1.5'
#       jupytext_version: 1.16.1
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# # Homework 2, Teil 2: Softmax-Klassifikator
#
# $$ L = -\frac1N \sum_n \sum_k t_{nk}\log z_{nk} + \frac\lambda2\|W\|_F^2 $$
#
# ![Skizze](attachment:skizze.png)

# %matplotlib inline
# %load_ext autoreload
# %autoreload 2
import numpy as np
import matplotlib.pyplot as plt

# kurze Namen, damit die Formeln wie auf dem Papier aussehen
exp, log, Σ = np.exp, np.log, np.sum
zeilenmax = lambda A: A.max(axis=1, keepdims=True)

# + tags=["hide-input"]
plt.rcParams["figure.figsize"] = (6, 4)
plt.style.use("ggplot")


# + [markdown] slideshow={"slide_type": "slide"}
# ## Die Funktion
# `input` verdeckt das eingebaute `input`, das ist hier egal.

# +
def softmax_classifier(W, input, label, lamda):
    N, _ = input.shape
    s = input @ W
    s = s - zeilenmax(s)
    log_Z = log(Σ(exp(s), axis=1, keepdims=True))
    z = exp(s - log_Z)
    δ = (z - label) / N
    loss = -Σ(label * (s - log_Z)) / N + 0.5 * lamda * Σ(W * W)
    return loss, input.T @ δ + lamda * W, z.argmax(axis=1)


# -

# ## Training

# + active="ipynb"
# %%time
# W_hist = train(X, T)

# +
from sklearn.datasets import load_digits

X, y = load_digits(return_X_y=True)
X = np.hstack([X / 16.0, np.ones((len(X), 1))])
T = np.eye(10)[y]
W, v, verlauf = np.zeros((65, 10)), 0, []
for _ in range(500):
    L, g, p = softmax_classifier(W, X, T, 1e-3)
    v = 0.9 * v + 0.1 * g
    W = W - v
    verlauf.append(L)
# -

plt.plot(verlauf);

# !jupyter nbconvert --to pdf hw2.ipynb
