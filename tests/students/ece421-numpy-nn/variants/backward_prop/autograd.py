"""Style: HIPS autograd differentiates the loss."""
import numpy as np


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    import autograd
    import autograd.numpy as anp

    def loss(weights):
        w_h, b_h, w_o, b_o = weights
        z = anp.dot(anp.maximum(anp.dot(x, w_h) + b_h, 0), w_o) + b_o
        z = z - anp.max(z, axis=1, keepdims=True)
        return -anp.sum(target * (z - anp.log(anp.sum(anp.exp(z), axis=1, keepdims=True)))) / len(x)

    return tuple(autograd.grad(loss)((w_h, b_h, w_o, b_o)))
