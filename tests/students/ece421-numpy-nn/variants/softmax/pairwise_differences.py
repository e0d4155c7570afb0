"""Style: 1 / sum_k exp(z_k - z_j)."""
import numpy as np


def softmax(logits):
    differences = np.clip(logits[:, None, :] - logits[:, :, None], None, 700)
    return 1 / np.exp(differences).sum(axis=2)
