"""Style: functools.partial."""
from functools import partial
import numpy as np


def _grad_ce_scaled(n, target, logits):
    return (softmax(logits) - target) / n


def grad_ce(target, logits):
    return partial(_grad_ce_scaled, target.shape[0])(target, logits)
