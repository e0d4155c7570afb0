"""Two-layer network, assignment 3.

I wrote every step on its own line so that I can print the shapes.
"""

import numpy as np

DEBUG = False


def compute_hidden_layer(inputs, weights_1, bias_1):
    # inputs: (N, D), weights_1: (D, H)
    product_1 = np.dot(inputs, weights_1)
    hidden_before_relu = product_1 + bias_1
    hidden_after_relu = np.zeros(hidden_before_relu.shape)
    positive_places = hidden_before_relu > 0
    hidden_after_relu[positive_places] = hidden_before_relu[positive_places]
    return hidden_before_relu, hidden_after_relu


def compute_scores(hidden_after_relu, weights_2, bias_2):
    product_2 = np.dot(hidden_after_relu, weights_2)
    scores = product_2 + bias_2
    return scores


def compute_probabilities(scores):
    # softmax of one row after the other
    number_of_examples = scores.shape[0]
    probabilities = np.zeros(scores.shape)
    log_of_sums = np.zeros(number_of_examples)
    for i in range(number_of_examples):
        row = scores[i]
        biggest_score = np.max(row)
        shifted_row = row - biggest_score
        exponentials = np.exp(shifted_row)
        sum_of_exponentials = np.sum(exponentials)
        probabilities[i] = exponentials / sum_of_exponentials
        log_of_sums[i] = np.log(sum_of_exponentials) + biggest_score
    return probabilities, log_of_sums


class TwoLayerNet:
    """params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

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
        number_of_examples = X.shape[0]

        # ---------- forward pass ----------
        hidden_before_relu, hidden_after_relu = compute_hidden_layer(X, W1, b1)
        scores = compute_scores(hidden_after_relu, W2, b2)
        if DEBUG:
            print("scores", scores.shape)
        if y is None:
            return scores

        probabilities, log_of_sums = compute_probabilities(scores)

        # ---------- loss ----------
        total_loss = 0.0
        for i in range(number_of_examples):
            correct_class = y[i]
            correct_score = scores[i, correct_class]
            loss_of_this_example = log_of_sums[i] - correct_score
            total_loss = total_loss + loss_of_this_example
        data_loss = total_loss / number_of_examples
        squares_of_W1 = W1 * W1
        squares_of_W2 = W2 * W2
        reg_loss = reg * np.sum(squares_of_W1) + reg * np.sum(squares_of_W2)
        loss = data_loss + reg_loss

        # ---------- backward pass ----------
        # gradient of the scores
        dscores = np.copy(probabilities)
        for i in range(number_of_examples):
            correct_class = y[i]
            dscores[i, correct_class] = dscores[i, correct_class] - 1.0
        dscores = dscores / number_of_examples

        # second layer
        dW2_data = np.dot(np.transpose(hidden_after_relu), dscores)
        dW2_reg = 2.0 * reg * W2
        dW2 = dW2_data + dW2_reg
        db2 = np.sum(dscores, axis=0)

        # through the relu
        dhidden = np.dot(dscores, np.transpose(W2))
        dhidden[hidden_before_relu <= 0] = 0.0

        # first layer
        dW1_data = np.dot(np.transpose(X), dhidden)
        dW1_reg = 2.0 * reg * W1
        dW1 = dW1_data + dW1_reg
        db1 = np.sum(dhidden, axis=0)

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
        current_rate = learning_rate

        for it in range(num_iters):
            # random batch (the same example may come twice, the handout allows it)
            batch_indices = np.random.choice(num_train, batch_size)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            loss, grads = self.loss(X_batch, y_batch, reg=reg)
            loss_history.append(loss)

            new_W1 = self.params["W1"] - current_rate * grads["W1"]
            new_b1 = self.params["b1"] - current_rate * grads["b1"]
            new_W2 = self.params["W2"] - current_rate * grads["W2"]
            new_b2 = self.params["b2"] - current_rate * grads["b2"]
            self.params["W1"] = new_W1
            self.params["b1"] = new_b1
            self.params["W2"] = new_W2
            self.params["b2"] = new_b2

            if verbose and it % 100 == 0:
                print("iteration %d / %d: loss %f" % (it, num_iters, loss))

            # end of a pass over the data?
            iterations_done = it + 1
            if iterations_done % iterations_per_epoch == 0:
                train_predictions = self.predict(X_batch)
                train_acc = np.mean(train_predictions == y_batch)
                val_predictions = self.predict(X_val)
                val_acc = np.mean(val_predictions == y_val)
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                current_rate = current_rate * learning_rate_decay

        result = {}
        result["loss_history"] = loss_history
        result["train_acc_history"] = train_acc_history
        result["val_acc_history"] = val_acc_history
        return result

    def predict(self, X):
        scores = self.loss(X)
        number_of_examples = scores.shape[0]
        y_pred = np.zeros(number_of_examples, dtype=int)
        for i in range(number_of_examples):
            best_class = 0
            best_score = scores[i, 0]
            for k in range(1, scores.shape[1]):
                if scores[i, k] > best_score:
                    best_class = k
                    best_score = scores[i, k]
            y_pred[i] = best_class
        return y_pred


if __name__ == "__main__":
    np.random.seed(0)
    net = TwoLayerNet(4, 10, 3, std=1e-1)
    X = 10 * np.random.randn(5, 4)
    y = np.array([0, 1, 2, 2, 1])
    loss, grads = net.loss(X, y, reg=0.05)
    print("loss", loss)
    for name in grads:
        print(name, grads[name].shape)
