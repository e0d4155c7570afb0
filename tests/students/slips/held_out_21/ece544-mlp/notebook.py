# ECE 544NA HW2 part II - notebook export

# In[1]:
import numpy as np

# In[2]: settings (the functions take their own)
LR = 0.1
MOMENTUM = 0.9
HIDDEN = (10, 20, 30, 40, 50)
EPS = 1e-12

# In[3]:
relu = lambda z: z * (z > 0)  # noqa: E731
logistic = lambda z: 0.5 + 0.5 * np.tanh(z / 2)  # noqa: E731


def act_fn(z, act):
    if act == "relu":
        return relu(z)
    elif act == "sigmoid":
        return logistic(z)
    return np.tanh(z)


# In[4]:
def act_grad(z, a, act):
    if act == "relu":
        return (z > 0).astype(float)
    elif act == "sigmoid":
        return a * (1 - a)
    return 1 - a**2


# In[5]:
def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


# In[6]:
def forward(X, params, act):
    L = len(params) // 2
    cache = {"act": act, "L": L, "A0": X}
    a = X
    for i in range(1, L + 1):
        z = a.dot(params["W%d" % i]) + params["b%d" % i]
        cache["W%d" % i] = params["W%d" % i]
        cache["Z%d" % i] = z
        a = softmax(z) if i == L else act_fn(z, act)
        cache["A%d" % i] = a
    return a, cache


# In[7]: old backward, one hidden layer only
def backward(cache, T):
    d2 = (cache["A2"] - T) / len(T)
    d1 = d2.dot(cache["W2"].T) * act_grad(cache["Z1"], cache["A1"], cache["act"])
    return {"W2": cache["A1"].T.dot(d2), "b2": d2.sum(0), "W1": cache["A0"].T.dot(d1), "b1": d1.sum(0)}


# In[8]: any depth
def backward(cache, T):  # noqa: F811
    L = cache["L"]
    N = T.shape[0]
    grads = {}
    delta = cache["A%d" % L] - T
    for i in range(L, 0, -1):
        grads["W%d" % i] = cache["A%d" % (i - 1)].T.dot(delta) / N
        grads["b%d" % i] = np.sum(delta, axis=0, keepdims=True) / N
        if i > 1:
            z, a = cache["Z%d" % (i - 1)], cache["A%d" % (i - 1)]
            delta = delta.dot(cache["W%d" % i].T) * act_grad(z, a, cache["act"])
    return grads


# In[9]:
def predict(X, params, act):
    scores, _ = forward(X, params, act)
    return np.argmax(scores, axis=1)


# In[10]:
def confusion_matrix(y, yhat, K):
    cm = np.zeros((K, K))
    for t, p in zip(y, yhat):
        cm[int(t), int(p)] += 1
    return cm


# In[11]:
def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    hidden = [hidden] if np.ndim(hidden) == 0 else list(hidden)
    K = max(np.max(y), np.max(yv)) + 1
    sizes = [X.shape[1]] + hidden + [K]
    params, vel = {}, {}
    for i in range(1, len(sizes)):
        std = np.sqrt(2.0 / sizes[i - 1]) if act == "relu" else np.sqrt(2.0 / (sizes[i - 1] + sizes[i]))
        params["W%d" % i] = std * rng.standard_normal((sizes[i - 1], sizes[i]))
        params["b%d" % i] = np.zeros((1, sizes[i]))
    for key in params:
        vel[key] = np.zeros(params[key].shape)

    N = X.shape[0]
    for epoch in range(epochs):
        idx = rng.permutation(N)
        Xs = X[idx]
        ys = y[idx]
        for s in range(0, N, batch_size):
            xb, yb = Xs[s : s + batch_size], ys[s : s + batch_size]
            _, cache = forward(xb, params, act)
            g = backward(cache, np.eye(K)[yb])
            for key in params:
                vel[key] = momentum * vel[key] + lr * g[key]
                params[key] = params[key] - vel[key]
        # if epoch % 10 == 0: print(epoch, (predict(Xv, params, act) == yv).mean())
    return params


# In[12]:
if __name__ == "__main__":
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    for h in HIDDEN:
        p = train(X, y, X, y, h, "tanh", rng)
        print(h, confusion_matrix(y, predict(X, p, "tanh"), 2))
