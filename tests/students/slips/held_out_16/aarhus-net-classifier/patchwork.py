# handin 2
# sources: lecture slides, a medium post ("neural net from scratch"), some of it explained to me by chatgpt
import copy
import math

import numpy as np

EPS = 1e-12  # avoid log(0)


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    """Compute softmax values for each sets of scores in x."""
    assert X.ndim == 2, "softmax wants a matrix"

    def _stable(v):
        return v - np.max(v, axis=-1).reshape(-1, 1)

    e_x = np.exp(_stable(X))
    Z = e_x.sum(axis=1).reshape((X.shape[0], 1))
    out = e_x / Z
    assert np.allclose(out.sum(axis=1), 1.0)
    return out


def relu(x):
    mask = (x > 0).astype(x.dtype)
    return x * mask


def relu_backward(dA, cache):
    """Implement the backward propagation for a single RELU unit (from deeplearning.ai)."""
    Z = cache
    dZ = np.array(dA, copy=True)  # just converting dz to a correct object.
    # When z <= 0, you should set dz to 0 as well.
    dZ[Z <= 0] = 0
    assert dZ.shape == Z.shape
    return dZ


def get_init_params(input_dim, hidden_size, output_size):
    return {
        "W1": np.random.normal(0, np.sqrt(2 / input_dim), (input_dim, hidden_size)),
        "b1": np.zeros((1, hidden_size)),
        "W2": np.random.normal(0, np.sqrt(2 / hidden_size), (hidden_size, output_size)),
        "b2": np.zeros((1, output_size)),
    }


class NetClassifier:
    def __init__(self):
        self.params = None
        self.history = None

    def _forward(self, X, parameters):
        """returns logits and cache"""
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]
        Z1 = np.dot(X, W1) + b1.reshape(1, -1)
        A1 = relu(Z1)
        Z2 = np.dot(A1, W2) + b2.reshape(1, -1)
        cache = (Z1, A1, Z2)
        return Z2, cache

    def predict(self, X, params=None):
        if params is None:
            assert self.params is not None, "call fit first"
            params = self.params
        logits, _ = self._forward(X, params)
        probs = softmax(logits)
        y_pred = np.argmax(probs, axis=1)
        return y_pred.reshape(X.shape[0])

    def score(self, X, y, params=None):
        preds = self.predict(X, params).flatten()
        labels = np.asarray(y).flatten()
        assert preds.shape == labels.shape
        correct = (preds == labels).sum()
        accuracy = correct / float(labels.shape[0])
        return accuracy

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        m = X.shape[0]
        num_classes = params["W2"].shape[1]
        Y = one_in_k_encoding(y, num_classes)
        net = NetClassifier()
        Z2, (Z1, A1, _) = net._forward(X, params)
        yhat = softmax(Z2)
        assert yhat.shape == Y.shape

        def cross_entropy(pred, onehot):
            pred = np.clip(pred, EPS, None)
            per_sample = -(onehot * np.log(pred)).sum(axis=1)
            return per_sample.sum() / m

        def l2(*weights):
            return sum(np.sum(np.square(w)) for w in weights)

        data_loss = cross_entropy(yhat, Y)
        reg_loss = reg * l2(params["W1"], params["W2"])
        cost = np.squeeze(data_loss + reg_loss)

        # backward pass
        dscores = yhat.copy()
        dscores[range(m), y] -= 1
        dscores /= m
        dW2 = np.dot(A1.T, dscores)
        db2 = np.sum(dscores, axis=0, keepdims=True).reshape(1, num_classes)
        dhidden = np.dot(dscores, params["W2"].T)
        dZ1 = relu_backward(dhidden, Z1)
        dW1 = np.dot(X.T, dZ1)
        db1 = np.sum(dZ1, axis=0, keepdims=True)
        # add regularization gradient contribution
        dW2 += 2 * reg * params["W2"]
        dW1 += 2 * reg * params["W1"]
        assert dW1.shape == params["W1"].shape and dW2.shape == params["W2"].shape
        return float(cost), {"d_w1": dW1, "d_w2": dW2, "d_b1": db1, "d_b2": db2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=0.0001, epochs=30):
        assert len(X_train) == len(y_train)
        W = copy.deepcopy(init_params)
        best_acc, best_W = -1.0, copy.deepcopy(W)
        N, D = X_train.shape
        hist = {k: [] for k in ["train_loss", "train_acc", "val_loss", "val_acc"]}
        n_batches = max(1, math.floor(N / batch_size))

        def get_batches(features, labels):
            shuffle_idx = np.arange(N)
            np.random.shuffle(shuffle_idx)
            features_s, labels_s = features[shuffle_idx], labels[shuffle_idx]
            xs = np.array_split(features_s, n_batches)
            ys = np.array_split(labels_s, n_batches)
            return list(zip(xs, ys))

        for epoch in range(epochs):
            running_loss, seen = 0.0, 0
            for xb, yb in get_batches(X_train, y_train):
                loss, grad = NetClassifier.cost_grad(xb, yb, W, reg)
                running_loss += loss * len(xb)
                seen += len(xb)
                for key in ("W1", "b1", "W2", "b2"):
                    g = grad["d_" + key.lower()].reshape(W[key].shape)
                    W[key] = W[key] - lr * g
            epoch_loss = running_loss / seen
            hist["train_loss"].append(epoch_loss)
            hist["train_acc"].append(self.score(X_train, y_train, W))
            v_loss, _unused = NetClassifier.cost_grad(X_val, y_val, W, reg)
            v_acc = self.score(X_val, y_val, W)
            hist["val_loss"].append(v_loss)
            hist["val_acc"].append(v_acc)
            # keep the best model
            if v_acc > best_acc:
                best_acc = v_acc
                best_W = copy.deepcopy(W)
        self.params = best_W
        self.history = hist
