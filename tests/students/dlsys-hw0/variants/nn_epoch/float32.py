"""Style: Everything inside in float32."""
import numpy as np


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for s in range(0, len(X), batch):
        xb, yb = X[s : s + batch].astype(np.float32), y[s : s + batch]
        w1, w2 = W1.astype(np.float32), W2.astype(np.float32)
        h = np.clip(xb @ w1, 0, None)
        z = h @ w2
        z = np.exp(z - z.max(1, keepdims=True))
        z /= z.sum(1, keepdims=True)
        z[np.arange(len(yb)), yb] -= 1
        back = (z @ w2.T) * np.sign(h)
        W2 -= lr * (h.T @ z) / len(yb)
        W1 -= lr * (xb.T @ back) / len(yb)
