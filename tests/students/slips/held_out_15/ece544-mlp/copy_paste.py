import numpy as np

# MLP from scratch, ECE 544


def relu(z):
    out = z.copy()
    out[out < 0] = 0
    return out


def sigmoid(z):
    # two formulas because exp overflowed
    out = np.zeros(z.shape)
    pos = z >= 0
    neg = z < 0
    out[pos] = 1 / (1 + np.exp(-z[pos]))
    out[neg] = np.exp(z[neg]) / (1 + np.exp(z[neg]))
    return out


def softmax(z):
    rows = []
    for r in z:
        e = np.exp(r - max(r))
        rows.append(e / sum(e))
    return np.array(rows)


def forward(X, params, act):
    L = len(params) // 2
    A = [X]
    Z = [None]      # so that Z[1] is layer 1
    a = X
    for i in range(1, L + 1):
        z = np.dot(a, params["W" + str(i)]) + params["b" + str(i)]
        Z.append(z)
        if i == L:
            a = softmax(z)
        elif act == "relu":
            a = relu(z)
        elif act == "sigmoid":
            a = sigmoid(z)
        elif act == "tanh":
            a = np.tanh(z)
        A.append(a)
    cache = {"A": A, "Z": Z, "act": act, "L": L}
    for i in range(1, L + 1):
        cache["W" + str(i)] = params["W" + str(i)]
    return a, cache


def backward(cache, T):
    A = cache["A"]
    Z = cache["Z"]
    L = cache["L"]
    act = cache["act"]
    N = T.shape[0]
    grads = {}

    # last layer
    d = (A[L] - T) / N
    grads["W" + str(L)] = np.dot(A[L - 1].T, d)
    grads["b" + str(L)] = d.sum(axis=0).reshape(1, -1)

    # the others
    i = L - 1
    while i >= 1:
        back = np.dot(d, cache["W" + str(i + 1)].T)
        if act == "relu":
            mask = np.zeros(Z[i].shape)
            mask[Z[i] > 0] = 1
            d = back * mask
        elif act == "sigmoid":
            d = back * A[i] * (1 - A[i])
        elif act == "tanh":
            d = back * (1 - A[i] * A[i])
        grads["W" + str(i)] = np.dot(A[i - 1].T, d)
        grads["b" + str(i)] = d.sum(axis=0).reshape(1, -1)
        i = i - 1
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    answer = []
    for row in probs:
        best = 0
        for j in range(len(row)):
            if row[j] > row[best]:
                best = j
        answer.append(best)
    return np.array(answer)


def confusion_matrix(y, yhat, K):
    M = []
    for i in range(K):
        M.append([0] * K)
    for t, p in zip(y, yhat):
        M[t][p] += 1
    return np.array(M)


def one_hot(y, K):
    T = np.zeros((len(y), K))
    for i, label in enumerate(y):
        T[i][label] = 1
    return T


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    if isinstance(hidden, (tuple, list)):
        sizes = list(hidden)
    else:
        sizes = [int(hidden)]
    K = max(max(y), max(yv)) + 1
    sizes = [X.shape[1]] + sizes + [K]
    params = {}
    v = {}
    for i in range(1, len(sizes)):
        # small random numbers
        scale = np.sqrt(2 / sizes[i - 1]) if act == "relu" else np.sqrt(2 / (sizes[i - 1] + sizes[i]))
        params["W" + str(i)] = rng.normal(size=(sizes[i - 1], sizes[i])) * scale
        params["b" + str(i)] = np.zeros((1, sizes[i]))
        v["W" + str(i)] = np.zeros((sizes[i - 1], sizes[i]))
        v["b" + str(i)] = np.zeros((1, sizes[i]))

    T = one_hot(y, K)
    N = len(X)
    for epoch in range(epochs):
        idx = list(range(N))
        rng.shuffle(idx)
        Xs = X[idx]
        Ts = T[idx]
        begin = 0
        while begin < N:
            end = begin + batch_size
            xb = Xs[begin:end]
            tb = Ts[begin:end]
            probs, cache = forward(xb, params, act)
            grads = backward(cache, tb)
            for key in grads:
                v[key] = momentum * v[key] + lr * grads[key]
                params[key] = params[key] - v[key]
            begin = end
        # print(epoch, np.mean(predict(Xv, params, act) == yv))
    return params
