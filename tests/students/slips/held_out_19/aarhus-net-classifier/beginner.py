import numpy as np


def one_in_k_encoding(vec, k):
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    # go through the rows
    n = X.shape[0]
    k = X.shape[1]
    probabilities = np.zeros((n, k))
    for i in range(n):
        row = X[i]
        largest = np.max(row)
        exponentials = np.exp(row - largest)
        total = np.sum(exponentials)
        probabilities[i] = exponentials / total
    return probabilities


def relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            if x[i, j] > 0:
                result[i, j] = x[i, j]
    return result


def get_init_params(input_dim, hidden_size, output_size):
    W1 = np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size))
    b1 = np.zeros((1, hidden_size))
    W2 = np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size))
    b2 = np.zeros((1, output_size))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        W1 = params["W1"]
        b1 = params["b1"]
        W2 = params["W2"]
        b2 = params["b2"]
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        p = softmax(z2)
        prediction = []
        for i in range(len(p)):
            prediction.append(np.argmax(p[i]))
        return np.array(prediction)

    def score(self, X, y, params=None):
        prediction = self.predict(X, params)
        right = 0
        for i in range(len(y)):
            if prediction[i] == y[i]:
                right = right + 1
        return right / len(y)

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params["W1"]
        b1 = params["b1"]
        W2 = params["W2"]
        b2 = params["b2"]
        n = X.shape[0]
        k = W2.shape[1]

        # forward pass
        z1 = np.dot(X, W1) + b1
        a1 = relu(z1)
        z2 = np.dot(a1, W2) + b2
        p = softmax(z2)

        # the cost
        small = 1e-15
        data_cost = 0.0
        for i in range(n):
            p_right = p[i, y[i]]
            data_cost = data_cost - np.log(p_right + small)
        data_cost = data_cost / n
        sum_W1 = np.sum(W1 * W1)
        sum_W2 = np.sum(W2 * W2)
        reg_cost = reg * (sum_W1 + sum_W2)
        cost = data_cost + reg_cost

        # backward pass
        labels = one_in_k_encoding(y, k)
        difference = p - labels
        delta2 = difference / n
        d_w2 = np.dot(a1.T, delta2)
        d_w2 = d_w2 + 2 * reg * W2
        d_b2 = np.zeros((1, k))
        for i in range(n):
            d_b2[0] = d_b2[0] + delta2[i]
        back = np.dot(delta2, W2.T)
        mask = np.zeros(z1.shape)
        mask[z1 > 0] = 1
        delta1 = back * mask
        d_w1 = np.dot(X.T, delta1)
        d_w1 = d_w1 + 2 * reg * W1
        d_b1 = np.zeros((1, W1.shape[1]))
        for i in range(n):
            d_b1[0] = d_b1[0] + delta1[i]

        grads = {}
        grads["d_w1"] = d_w1
        grads["d_w2"] = d_w2
        grads["d_b1"] = d_b1
        grads["d_b2"] = d_b2
        return cost, grads

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        # copy, otherwise the caller's parameters change
        W1 = init_params["W1"].copy()
        b1 = init_params["b1"].copy()
        W2 = init_params["W2"].copy()
        b2 = init_params["b2"].copy()
        params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        train_loss = []
        train_acc = []
        val_loss = []
        val_acc = []
        n = len(X_train)
        for epoch in range(epochs):
            # new order in every epoch
            order = np.random.permutation(n)
            X_shuffled = X_train[order]
            y_shuffled = y_train[order]
            start = 0
            while start < n:
                end = start + batch_size
                X_batch = X_shuffled[start:end]
                y_batch = y_shuffled[start:end]
                cost, grads = self.cost_grad(X_batch, y_batch, params, reg)
                params["W1"] = params["W1"] - lr * grads["d_w1"]
                params["b1"] = params["b1"] - lr * grads["d_b1"]
                params["W2"] = params["W2"] - lr * grads["d_w2"]
                params["b2"] = params["b2"] - lr * grads["d_b2"]
                start = end
            # how good is it now?
            t_cost, _ = self.cost_grad(X_train, y_train, params, reg)
            v_cost, _ = self.cost_grad(X_val, y_val, params, reg)
            train_loss.append(t_cost)
            val_loss.append(v_cost)
            train_acc.append(self.score(X_train, y_train, params))
            val_acc.append(self.score(X_val, y_val, params))
            if epoch % 10 == 0:
                print("epoch", epoch, "loss", t_cost, "accuracy", val_acc[-1])
        self.params = params
        self.history = {
            "train_loss": train_loss,
            "train_acc": train_acc,
            "val_loss": val_loss,
            "val_acc": val_acc,
        }
