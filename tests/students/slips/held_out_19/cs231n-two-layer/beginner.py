import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params["W1"]
        b1 = self.params["b1"]
        W2 = self.params["W2"]
        b2 = self.params["b2"]
        N = X.shape[0]
        D = X.shape[1]
        H = W1.shape[1]
        C = W2.shape[1]

        # hidden layer
        z1 = np.zeros((N, H))
        for i in range(N):
            z1[i] = np.dot(X[i], W1) + b1
        a1 = z1.copy()
        a1[a1 < 0] = 0

        # output layer
        scores = np.zeros((N, C))
        for i in range(N):
            scores[i] = np.dot(a1[i], W2) + b2
        if y is None:
            return scores

        # loss
        data_loss = 0.0
        p = np.zeros((N, C))
        for i in range(N):
            biggest = np.max(scores[i])
            shifted = scores[i] - biggest
            e = np.exp(shifted)
            sum_e = np.sum(e)
            p[i] = e / sum_e
            correct = y[i]
            data_loss = data_loss + np.log(sum_e) - shifted[correct]
        data_loss = data_loss / N
        reg_loss_1 = reg * np.sum(W1 * W1)
        reg_loss_2 = reg * np.sum(W2 * W2)
        loss = data_loss + reg_loss_1 + reg_loss_2

        # gradients: start with zeros and add up the examples
        dW1 = np.zeros(W1.shape)
        db1 = np.zeros(H)
        dW2 = np.zeros(W2.shape)
        db2 = np.zeros(C)
        for i in range(N):
            dscores = p[i].copy()
            dscores[y[i]] = dscores[y[i]] - 1
            dscores = dscores / N
            dW2 = dW2 + np.outer(a1[i], dscores)
            db2 = db2 + dscores
            dhidden = np.dot(W2, dscores)
            for j in range(H):
                if z1[i, j] <= 0:
                    dhidden[j] = 0
            dW1 = dW1 + np.outer(X[i], dhidden)
            db1 = db1 + dhidden
        dW1 = dW1 + 2 * reg * W1
        dW2 = dW2 + 2 * reg * W2

        grads = {}
        grads["W1"] = dW1
        grads["b1"] = db1
        grads["W2"] = dW2
        grads["b2"] = db2
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
        iterations_per_epoch = num_train // batch_size
        if iterations_per_epoch < 1:
            iterations_per_epoch = 1
        loss_history = []
        train_acc_history = []
        val_acc_history = []
        for it in range(num_iters):
            # draw a batch
            indices = np.random.choice(num_train, batch_size)
            X_batch = X[indices]
            y_batch = y[indices]
            loss, grads = self.loss(X_batch, y_batch, reg)
            loss_history.append(loss)

            # step for every parameter
            self.params["W1"] = self.params["W1"] - learning_rate * grads["W1"]
            self.params["b1"] = self.params["b1"] - learning_rate * grads["b1"]
            self.params["W2"] = self.params["W2"] - learning_rate * grads["W2"]
            self.params["b2"] = self.params["b2"] - learning_rate * grads["b2"]

            if verbose:
                if it % 100 == 0:
                    print("iteration", it, "of", num_iters, "loss", loss)

            # one pass over the data is done
            if (it + 1) % iterations_per_epoch == 0:
                train_acc = np.mean(self.predict(X_batch) == y_batch)
                val_acc = np.mean(self.predict(X_val) == y_val)
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                learning_rate = learning_rate * learning_rate_decay

        results = {}
        results["loss_history"] = loss_history
        results["train_acc_history"] = train_acc_history
        results["val_acc_history"] = val_acc_history
        return results

    def predict(self, X):
        scores = self.loss(X)
        y_pred = np.zeros(X.shape[0], dtype=int)
        for i in range(len(scores)):
            best_class = 0
            best_score = scores[i, 0]
            for c in range(len(scores[i])):
                if scores[i, c] > best_score:
                    best_score = scores[i, c]
                    best_class = c
            y_pred[i] = best_class
        return y_pred
