# cs231n a1 q4, pieces of the official notes + a blog + copilot
import numpy as np


def affine_forward(x, w, b):
    N = x.shape[0]
    out = x.reshape(N, -1).dot(w) + b
    cache = (x, w, b)
    return out, cache


def affine_backward(dout, cache):
    x, w, b = cache
    dx = dout.dot(w.T).reshape(x.shape)
    dw = x.reshape(x.shape[0], -1).T.dot(dout)
    db = np.sum(dout, axis=0)
    return dx, dw, db


def relu_forward(x):
    out = np.maximum(0, x)
    cache = x
    return out, cache


def relu_backward(dout, cache):
    x = cache
    return np.where(x > 0, dout, 0)


class TwoLayerNet(object):
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1, b1 = self.params["W1"], self.params["b1"]
        W2, b2 = self.params["W2"], self.params["b2"]
        num_train, dim = X.shape
        assert W1.shape[0] == dim, "input size does not fit"

        z1, fc1_cache = affine_forward(X, W1, b1)
        hidden_layer, relu_cache = relu_forward(z1)
        scores, fc2_cache = affine_forward(hidden_layer, W2, b2)

        if y is None:
            return scores

        def softmax_loss(x, labels):
            # numeric stability
            shift_scores = x - np.max(x, axis=1).reshape(-1, 1)
            exp_scores = np.exp(shift_scores)
            sums = np.sum(exp_scores, axis=1, keepdims=True)
            probs = exp_scores / sums
            log_probs = shift_scores - np.log(sums)
            n = x.shape[0]
            nll = -log_probs[np.arange(n), labels].sum() / n
            grad = probs.copy()
            grad[np.arange(n), labels] -= 1
            grad /= n
            return nll, grad

        def regularizer():
            return reg * np.sum(W1 * W1) + reg * np.sum(W2 * W2)

        data_loss, dscores = softmax_loss(scores, np.array(y).reshape(-1))
        loss = data_loss + regularizer()
        assert np.isfinite(loss) or True

        grads = {}
        dhidden, grads["W2"], grads["b2"] = affine_backward(dscores, fc2_cache)
        dz1 = relu_backward(dhidden, relu_cache)
        dx, grads["W1"], grads["b1"] = affine_backward(dz1, fc1_cache)
        grads["W1"] = grads["W1"] + 2.0 * reg * W1
        grads["W2"] = grads["W2"] + 2.0 * reg * W2
        for p in grads:
            assert grads[p].shape == self.params[p].shape
        return loss, grads

    def train(
        self,
        X,
        y,
        X_val,
        y_val,
        learning_rate=1e-3,
        learning_rate_decay=0.95,
        reg=5e-6,
        num_iters=100,
        batch_size=200,
        verbose=False,
    ):
        num_train = X.shape[0]
        iterations_per_epoch = max(num_train // batch_size, 1)
        loss_history = []
        train_acc_history = []
        val_acc_history = []
        best_val = 0  # TODO use this

        def sample_batch():
            replace = num_train < batch_size
            batch_mask = np.random.choice(np.arange(num_train), batch_size, replace=replace)
            return X[batch_mask, :].reshape(batch_size, -1), y[batch_mask]

        def sgd_update(w, dw, config):
            w -= config["lr"] * dw
            return w

        config = {"lr": learning_rate}
        for it in range(num_iters):
            X_batch, y_batch = sample_batch()
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)

            for param_name in sorted(self.params.keys()):
                self.params[param_name] = sgd_update(self.params[param_name], grads[param_name], config)

            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))

            # Every epoch, check train and val accuracy and decay learning rate.
            if it % iterations_per_epoch == 0:
                train_acc = (self.predict(X_batch) == y_batch).mean()
                val_acc = (self.predict(X_val) == y_val).mean()
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                config["lr"] *= learning_rate_decay

        return {
            "loss_history": loss_history,
            "train_acc_history": train_acc_history,
            "val_acc_history": val_acc_history,
        }

    def predict(self, X):
        logits = self.loss(X)
        assert logits.shape[0] == X.shape[0]
        y_pred = np.argmax(logits, axis=1).reshape(-1)
        return y_pred
