"""ECE 544 HW2 part II. Multi-layer perceptron, everything spelled out."""
import numpy as np


def forward(X, params, act):
    number_of_layers = len(params) // 2
    list_of_A = [X]
    list_of_Z = []
    A = X
    for layer in range(1, number_of_layers + 1):
        W = params["W" + str(layer)]
        b = params["b" + str(layer)]
        Z = np.dot(A, W)
        Z = Z + b
        list_of_Z.append(Z)
        # the last layer has no activation
        if layer < number_of_layers:
            if act == "relu":
                A = np.where(Z > 0, Z, 0.0)
            elif act == "sigmoid":
                # clip so that exp does not overflow
                clipped = np.clip(Z, -500, 500)
                A = 1.0 / (1.0 + np.exp(-clipped))
            elif act == "tanh":
                A = np.tanh(Z)
            list_of_A.append(A)

    # softmax of the last Z
    biggest = np.max(Z, axis=1)
    biggest = biggest.reshape(len(biggest), 1)
    exps = np.exp(Z - biggest)
    sums = np.sum(exps, axis=1)
    sums = sums.reshape(len(sums), 1)
    probs = exps / sums

    cache = {}
    cache["A"] = list_of_A
    cache["Z"] = list_of_Z
    cache["probs"] = probs
    cache["act"] = act
    cache["weights"] = []
    for layer in range(1, number_of_layers + 1):
        cache["weights"].append(params["W" + str(layer)])
    return probs, cache


def backward(cache, T):
    A = cache["A"]
    Z = cache["Z"]
    probs = cache["probs"]
    weights = cache["weights"]
    act = cache["act"]
    N = T.shape[0]
    number_of_layers = len(weights)
    grads = {}

    # error of the output layer
    error = probs - T
    error = error / N

    layer = number_of_layers
    while layer >= 1:
        A_before = A[layer - 1]
        dW = np.dot(A_before.T, error)
        db = np.sum(error, axis=0)
        db = db.reshape(1, len(db))
        grads["W" + str(layer)] = dW
        grads["b" + str(layer)] = db
        if layer > 1:
            # to the layer below
            error_A = np.dot(error, weights[layer - 1].T)
            Z_before = Z[layer - 2]
            if act == "relu":
                slope = np.where(Z_before > 0, 1.0, 0.0)
            elif act == "sigmoid":
                slope = A_before * (1.0 - A_before)
            elif act == "tanh":
                slope = 1.0 - A_before ** 2
            error = error_A * slope
        layer = layer - 1
    return grads


def predict(X, params, act):
    probs, cache = forward(X, params, act)
    answer = []
    for i in range(len(X)):
        best_class = 0
        for j in range(probs.shape[1]):
            if probs[i, j] > probs[i, best_class]:
                best_class = j
        answer.append(best_class)
    return np.array(answer)


def confusion_matrix(y, yhat, K):
    matrix = np.zeros((K, K))
    for i in range(len(y)):
        true_class = y[i]
        predicted_class = yhat[i]
        matrix[true_class, predicted_class] = matrix[true_class, predicted_class] + 1
    return matrix


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    N = X.shape[0]
    D = X.shape[1]
    # how many classes are there
    K = int(np.max(y)) + 1
    if int(np.max(yv)) + 1 > K:
        K = int(np.max(yv)) + 1

    # hidden can be a number or a tuple
    sizes = [D]
    if isinstance(hidden, (int, np.integer)):
        sizes.append(hidden)
    else:
        for h in hidden:
            sizes.append(h)
    sizes.append(K)

    # one-hot
    T = np.zeros((N, K))
    for i in range(N):
        T[i, y[i]] = 1.0

    params = {}
    velocity = {}
    for layer in range(1, len(sizes)):
        fan_in = sizes[layer - 1]
        fan_out = sizes[layer]
        if act == "relu":
            std = np.sqrt(2.0 / fan_in)
        else:
            std = np.sqrt(2.0 / (fan_in + fan_out))
        params["W" + str(layer)] = std * rng.standard_normal((fan_in, fan_out))
        params["b" + str(layer)] = np.zeros((1, fan_out))
        velocity["W" + str(layer)] = np.zeros((fan_in, fan_out))
        velocity["b" + str(layer)] = np.zeros((1, fan_out))

    for epoch in range(epochs):
        # shuffle
        order = np.arange(N)
        rng.shuffle(order)
        X_shuffled = X[order]
        T_shuffled = T[order]

        start = 0
        while start < N:
            end = start + batch_size
            if end > N:
                end = N
            X_batch = X_shuffled[start:end]
            T_batch = T_shuffled[start:end]
            probs, cache = forward(X_batch, params, act)
            grads = backward(cache, T_batch)
            for name in params:
                velocity[name] = momentum * velocity[name] + lr * grads[name]
                params[name] = params[name] - velocity[name]
            start = end

        if epoch % 10 == 0:
            valid = predict(Xv, params, act)
            print("epoch", epoch, "validation accuracy", np.mean(valid == yv))
    return params
