"""isinstance against the number types."""
import numpy as np


def softmax_classifier(W, input, label, lamda):
    if not isinstance(lamda, (int, float)) or isinstance(lamda, (bool, complex)):
        raise TypeError("lamda")
    s = input @ W
    s = s - s.max(axis=1, keepdims=True)
    log_z = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -(label * log_z).sum() / len(input) + lamda / 2 * (W * W).sum()
    return loss, input.conj().T @ (np.exp(log_z) - label) / len(input) + lamda * W, log_z.argmax(axis=1)
