"""
Pencil and paper, executable - complete NumPy implementation.

All functions are fully vectorized and numerically stable.
"""

import logging

import numpy as np

logger = logging.getLogger(__name__)

EPS = 1e-12  # numerical stability


# ---------------------------------------------------------------------------
# Softmax
# ---------------------------------------------------------------------------
def softmax_jacobian(z):
    """
    Compute the Jacobian of the softmax function.

    Args:
        z: np.ndarray of shape (C,)

    Returns:
        np.ndarray of shape (C, C)
    """
    z_shifted = z - np.max(z, axis=-1, keepdims=True)
    exp_z = np.exp(z_shifted)
    p = exp_z / np.sum(exp_z, axis=-1, keepdims=True)
    p_col = p.reshape(-1, 1)
    jacobian = np.diagflat(p) - np.dot(p_col, p_col.T)
    logger.debug("jacobian shape: %s", jacobian.shape)
    return jacobian


# ---------------------------------------------------------------------------
# Negative log likelihood
# ---------------------------------------------------------------------------
def nll(yhat, y):
    """Total negative log likelihood (summed over the batch)."""
    batch_indices = np.arange(yhat.shape[0])
    correct_probs = yhat[batch_indices, y]
    loss = -np.sum(np.log(correct_probs + EPS))
    return loss


def nll_grad(yhat, y):
    """Gradient of the total negative log likelihood w.r.t. yhat."""
    one_hot = np.zeros_like(yhat)
    one_hot[np.arange(yhat.shape[0]), y] = 1.0
    grad = -one_hot / (yhat + EPS)
    return grad


# ---------------------------------------------------------------------------
# Pooling
# ---------------------------------------------------------------------------
def _im2col_1d(x, W):
    """Extract sliding windows. Returns a dict cache with windows and indices."""
    out_len = x.shape[0] - W + 1
    indices = np.arange(out_len).reshape(-1, 1) + np.arange(W).reshape(1, -1)
    cache = {
        "indices": indices,
        "windows": x[indices],
        "out_len": out_len,
    }
    return cache


def avg_pool1d(x, W):
    """Average pooling (stride 1, no padding)."""
    cache = _im2col_1d(x, W)
    return np.mean(cache["windows"], axis=1)


def avg_pool1d_backward(dy, n, W):
    """Backward pass of average pooling."""
    out_len = n - W + 1
    indices = np.arange(out_len).reshape(-1, 1) + np.arange(W).reshape(1, -1)
    grads = np.broadcast_to(dy.reshape(-1, 1) / W, (out_len, W))
    dx = np.bincount(indices.ravel(), weights=grads.ravel(), minlength=n)
    return dx


def max_pool1d(x, W):
    """Max pooling (stride 1, no padding)."""
    cache = _im2col_1d(x, W)
    return np.max(cache["windows"], axis=1)


def max_pool1d_backward(dy, x, W):
    """Backward pass of max pooling. Gradient flows to the first maximum only."""
    cache = _im2col_1d(x, W)
    windows = cache["windows"]
    argmax = np.argmax(windows, axis=1)
    mask = np.zeros_like(windows)
    mask[np.arange(cache["out_len"]), argmax] = 1.0
    dx = np.zeros_like(x, dtype=np.float64)
    np.add.at(dx, cache["indices"], mask * dy.reshape(-1, 1))
    return dx


# ---------------------------------------------------------------------------
# Convolution
# ---------------------------------------------------------------------------
def conv1d(x, w):
    """1-D convolution with zero padding ('same'). The kernel is flipped."""
    x_padded = np.pad(x, (1, 1), mode="constant", constant_values=0.0)
    cols = _im2col_1d(x_padded, 3)["windows"]
    return cols @ w[::-1]


def conv1d_backward(dy, x, w):
    """Backward pass of the 1-D convolution."""
    n = x.shape[0]
    x_padded = np.pad(x, (1, 1), mode="constant", constant_values=0.0)
    cache = _im2col_1d(x_padded, 3)
    # gradient w.r.t. the kernel (flip back)
    dw = (cache["windows"].T @ dy)[::-1]
    # gradient w.r.t. the (padded) input
    dcols = np.outer(dy, w[::-1])
    dx_padded = np.zeros(n + 2)
    np.add.at(dx_padded, cache["indices"], dcols)
    dx = dx_padded[1:-1]
    return dx, dw


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    rng = np.random.default_rng(42)
    z = rng.normal(size=5)
    J = softmax_jacobian(z)
    logger.info("Row sums: %s", J.sum(axis=1))
    try:
        import matplotlib.pyplot as plt

        plt.imshow(J)
        plt.colorbar()
        plt.title("Softmax Jacobian")
        plt.show()
    except ImportError:
        logger.warning("matplotlib not available, skipping plot")
