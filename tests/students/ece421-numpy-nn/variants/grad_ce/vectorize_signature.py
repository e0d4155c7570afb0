"""Style: np.vectorize with a signature over the examples."""
import numpy as np


def _grad_ce_of_one(t, z):
    e = np.exp(z - z.max())
    return e / e.sum() - t


def grad_ce(target, logits):
    return np.vectorize(_grad_ce_of_one, signature="(k),(k)->(k)")(target, logits) / np.shape(target)[0]
