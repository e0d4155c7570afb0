"""Style: a loss object with forward and backward."""
import numpy as np


class _grad_ce_loss:
    def forward(self, logits, target):
        self.p = softmax(logits)
        self.t = target

    def backward(self):
        return (self.p - self.t) / self.t.shape[0]


def grad_ce(target, logits):
    loss = _grad_ce_loss()
    loss.forward(logits, target)
    return loss.backward()
