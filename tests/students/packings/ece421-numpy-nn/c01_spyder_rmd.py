# -*- coding: utf-8 -*-
"""
Spyder Editor / knitr::purl output of a2.Rmd

---
title: "ECE421 A2"
output: pdf_document
---
"""
## ----setup, include=FALSE----------------------------------------------------
import numpy as np
from typing import NamedTuple, Final
import sys

try:
    get_ipython().run_line_magic("matplotlib", "inline")
    IN_NOTEBOOK: Final = True
except NameError:
    IN_NOTEBOOK: Final = False

N_CLASSES: Final[int] = 10
r: object = sys.modules.get("r")  # reticulate

## ----helpers, echo=TRUE------------------------------------------------------
#%% helpers
def relu(x: np.ndarray) -> np.ndarray:
    return (np.abs(x) + x) / 2
#%%
def softmax(logits):
    shifted = (logits.T - logits.max(axis=1)).T
    e = np.exp(shifted)
    return (e.T / e.sum(axis=1)).T
#%%
def compute_layer(x, w, b):
    return np.add(np.matmul(x, w), b)
#%%
def average_ce(target, prediction):
    return -np.einsum("nc,nc->", target, np.log(np.maximum(prediction, 1e-15))) / target.shape[0]
#%%
def grad_ce(target, logits):
    return np.divide(softmax(logits) - target, target.shape[0])

## ----network-----------------------------------------------------------------
class Forward(NamedTuple):
    z_h: np.ndarray
    a_h: np.ndarray
    z_o: np.ndarray
    p: np.ndarray

class Gradients(NamedTuple):
    dW_h: np.ndarray
    db_h: np.ndarray
    dW_o: np.ndarray
    db_o: np.ndarray

def forward_prop(x, w_h, b_h, w_o, b_o) -> Forward:
    z_h = compute_layer(x, w_h, b_h)
    return Forward(z_h, a_h := relu(z_h), z_o := compute_layer(a_h, w_o, b_o), softmax(z_o))

def backward_prop(x, target, w_h, b_h, w_o, b_o) -> Gradients:
    f = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, f.z_o)
    d_h = d_o @ w_o.T * np.where(f.z_h > 0, 1.0, 0.0)
    return Gradients(x.T @ d_h, np.sum(d_h, axis=0, keepdims=True), f.a_h.T @ d_o, np.sum(d_o, axis=0, keepdims=True))

## ----training, cache=TRUE----------------------------------------------------
def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D, C = x.shape[1], t.shape[1]
    glorot = lambda i, o: rng.normal(0, np.sqrt(2 / (i + o)), size=(i, o))
    w = {"w_h": glorot(D, hidden), "b_h": np.zeros((1, hidden)), "w_o": glorot(hidden, C), "b_o": np.zeros((1, C))}
    v = {k: 0.0 for k in w}
    for epoch in range(epochs):
        for (k, old), g in zip(list(w.items()), backward_prop(x, t, **w)):
            v[k] = gamma * v[k] + lr * g
            w[k] = old - v[k]
    return w

## ----results, fig.width=6----------------------------------------------------
if IN_NOTEBOOK or "r" in globals() and r is not None:
    D = np.load("notMNIST.npz")
    import matplotlib.pyplot as plt
    plt.plot(range(3))
