"""Layers as maps with their adjoints.  Indices: n example, i input, o output, k class; repeated ones are summed.

    y_no = x_ni W_io + b_o      =>   ∂L/∂x_ni = δ_no W_io,   ∂L/∂W_io = x_ni δ_no,   ∂L/∂b_o = Σ_n δ_no
    ⟨.⟩ is the mean over the ensemble of N examples; it is taken once, in the loss.
"""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Parameter:
    """A field θ and the force on it."""

    θ: np.ndarray
    grad: np.ndarray = field(init=False)

    def __post_init__(self):
        self.grad = np.zeros_like(self.θ)


class FCLayer:
    def __init__(self, num_input, num_output, actFunction="relu", trainable=True):
        self.num_input, self.num_output, self.trainable = num_input, num_output, trainable
        σ = np.sqrt((2 if actFunction == "relu" else 1) / num_input)
        self._W = Parameter(σ * np.random.standard_normal((num_input, num_output)))
        self._b = Parameter(np.zeros((1, num_output)))

    # the outside world knows W, b, grad_W and grad_b
    W = property(lambda self: self._W.θ, lambda self, value: setattr(self._W, "θ", value))
    b = property(lambda self: self._b.θ, lambda self, value: setattr(self._b, "θ", value))
    grad_W = property(lambda self: self._W.grad, lambda self, value: setattr(self._W, "grad", value))
    grad_b = property(lambda self: self._b.grad, lambda self, value: setattr(self._b, "grad", value))

    def forward(self, Input):
        self.x = Input
        return np.einsum("ni,io->no", Input, self.W) + self.b

    def backward(self, delta):
        δ = delta
        self.grad_W = np.einsum("ni,no->io", self.x, δ)
        self.grad_b = np.einsum("no->o", δ)[np.newaxis, :]
        return np.einsum("no,io->ni", δ, self.W)


class ReLULayer:
    """x θ(x) with Heaviside's step θ; θ(0) = 0 by convention."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.θ = np.heaviside(Input, 0.0)
        return self.θ * Input

    def backward(self, delta):
        return np.einsum("no,no->no", self.θ, delta)


class SigmoidLayer:
    """The Fermi function f(x) = 1/(1 + e^-x) = exp(-log(1 + e^-x)); f' = f (1 - f)."""

    def __init__(self):
        self.trainable = False

    def forward(self, Input):
        self.f = np.exp(-np.logaddexp(0.0, -Input))
        return self.f

    def backward(self, delta):
        return np.einsum("no,no,no->no", delta, self.f, 1.0 - self.f)


class EuclideanLossLayer:
    """⟨½ |ξ - t|²⟩."""

    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        self.Δ = logit - gt
        self.acc = np.mean(np.argmax(logit, axis=1) == np.argmax(gt, axis=1))
        self.loss = 0.5 * np.mean(np.einsum("nk,nk->n", self.Δ, self.Δ))
        return self.loss

    def backward(self):
        return self.Δ / self.Δ.shape[0]


class SoftmaxCrossEntropyLossLayer:
    """⟨log Z - s_k t_k⟩ with log Z = logsumexp(s); ∂ log Z/∂s_k = p_k, hence the gradient ⟨p - t⟩."""

    def __init__(self):
        self.loss, self.acc = 0.0, 0.0

    def forward(self, logit, gt):
        log_Z = np.logaddexp.reduce(logit, axis=1, keepdims=True)
        self.ℓ = logit - log_Z  # log p_nk
        self.t = gt
        self.acc = np.mean(np.argmax(self.ℓ, axis=1) == np.argmax(gt, axis=1))
        self.loss = -np.einsum("nk,nk->", gt, self.ℓ) / gt.shape[0]
        return self.loss

    def backward(self):
        p = np.exp(self.ℓ)
        return (p - self.t) / self.t.shape[0]


class SGD:
    """Overdamped motion: η is the mobility, λ the stiffness of the trap that holds W near 0."""

    def __init__(self, learningRate, weightDecay):
        self.η, self.λ = learningRate, weightDecay
        self.learningRate, self.weightDecay = learningRate, weightDecay

    def step(self, model):
        for layer in model.layerList:
            if not layer.trainable:
                continue
            force = layer.grad_W + self.λ * layer.W
            layer.W = layer.W - self.η * force
            layer.b = layer.b - self.η * layer.grad_b
