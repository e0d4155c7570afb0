from numpy import *
from numpy.linalg import norm
import builtins as _b

# %% [markdown]
# ## Softmax
# %matplotlib inline
# %%
softmax = lambda σ: (lambda ε: ε / ε.sum(1)[:, newaxis])(exp(σ - σ.max(1)[:, newaxis]))

# first try, overflows:
# def softmax(s):
#     return exp(s) / sum(exp(s), axis=1)

# %%
def softmax_classifier(W, input, label, lamda):
    """first draft, without regularisation"""
    z = softmax(input @ W)
    return -mean(log(z)[label == 1]), input.T @ (z - label), argmax(z)

# %% second draft
def softmax_classifier(W, input, label, lamda): N = _b.len(input); λ = lamda; σ = input @ W; σ = σ - amax(σ, 1, keepdims=True); ζ = softmax(σ); δ = ζ - label; L = (sum(log(sum(exp(σ), 1))) - sum(σ * label)) / N + λ / 2 * norm(W, "fro") ** 2; dW = dot(transpose(input), δ) / N + λ * W; ŷ = argmax(ζ, axis=1); return L, dW, ŷ

# %%
# W = zeros((65, 10)); %timeit softmax_classifier(W, x, t, 0.001)
