# %% [markdown]
# ECE 544 - HW2 part I, exported from the notebook

# %%
import numpy as np

# %%
EPS = 1e-15
np.set_printoptions(precision=4, suppress=True)

# %%
# softmax and its Jacobian
softmax = lambda z: np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z)))  # noqa: E731


# %%
def softmax_jacobian(z):
    # with loops first, to be sure
    p = softmax(z)
    n = len(p)
    J = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                J[i, j] = p[i] * (1 - p[i])
            else:
                J[i, j] = -p[i] * p[j]
    return J


# %%
# print(softmax_jacobian(np.array([1., 2., 3.])).sum(1))


# %%
def nll(yhat, y):
    picked = yhat[range(len(y)), y]
    return -np.log(picked + EPS).sum()


# %%
def nll_grad(yhat, y):
    onehot = np.eye(yhat.shape[1])[y]
    return -onehot / (yhat + EPS)


# %%
def avg_pool1d(x, W):
    # old: return np.array([sum(x[i:i+W]) / W for i in range(len(x)-W+1)])
    return np.convolve(x, np.ones(W) / W, mode="valid")


def avg_pool1d_backward(dy, n, W):
    # each x[j] is in up to W windows -> full convolution with the same box
    box = np.ones(W) / W
    dx = np.convolve(dy, box, mode="full")
    return dx[:n]


# %%
# max pooling: where is the max of each window?
argmaxes = lambda x, W: np.array([i + np.argmax(x[i : i + W]) for i in range(len(x) - W + 1)])  # noqa: E731


def max_pool1d(x, W):
    return x[argmaxes(x, W)]


def max_pool1d_backward(dy, x, W):
    idx = argmaxes(x, W)
    dx = np.zeros(len(x))
    np.add.at(dx, idx, dy)
    return dx


# %%
def conv1d(x, w):
    return np.convolve(x, w, "same")


def conv1d_backward(dy, x, w):
    n = len(x)
    dx = np.convolve(dy, w[::-1], "same")
    xp = np.pad(x, 1)
    dw = np.array([np.dot(dy, xp[2 - m : 2 - m + n]) for m in range(3)])
    return dx, dw


# %%
if __name__ == "__main__":
    rng = np.random.default_rng(0)
    x = rng.normal(size=8)
    print(max_pool1d(x, 3), avg_pool1d(np.ones(5), 3))
