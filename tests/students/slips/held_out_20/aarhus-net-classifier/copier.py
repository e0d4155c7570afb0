import numpy as np


def one_in_k_encoding(vec, k):
    """Class numbers (n,) as one-hot rows (n, k). This one is written for you."""
    encoded = np.zeros((len(vec), k))
    encoded[np.arange(len(vec)), vec] = 1
    return encoded


def softmax(X):
    largest_entry_of_each_row = np.max(X, axis=1).reshape(-1, 1)
    exponentials = np.exp(X - largest_entry_of_each_row)
    sum_of_each_row = np.sum(exponentials, axis=1).reshape(-1, 1)
    probabilities = exponentials / sum_of_each_row
    return probabilities


def relu(x):
    result = x * (x > 0)
    return result


def get_init_params(input_dim, hidden_size, output_size):
    """First parameters, for your own trainings: W1 (d, h), b1 (1, h), W2 (h, k), b2 (1, k). Written for you."""
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

    def predict(self, X, params=None):
        if params is None:
            params = self.params
        hidden_layer_input = np.dot(X, params["W1"]) + params["b1"]
        hidden_layer_output = relu(hidden_layer_input)
        output_layer_input = np.dot(hidden_layer_output, params["W2"]) + params["b2"]
        output_probabilities = softmax(output_layer_input)
        predicted_classes = np.argmax(output_probabilities, axis=1)
        return predicted_classes

    def score(self, X, y, params=None):
        if params is None:
            params = self.params
        predicted_classes = self.predict(X, params)
        number_of_correct_predictions = 0
        for i in range(len(y)):
            if predicted_classes[i] == y[i]:
                number_of_correct_predictions += 1
        accuracy = number_of_correct_predictions / len(y)
        return accuracy

    @staticmethod
    def cost_grad(X, y, params, reg=0.0):
        W1 = params["W1"]
        b1 = params["b1"]
        W2 = params["W2"]
        b2 = params["b2"]
        number_of_examples = X.shape[0]
        number_of_classes = W2.shape[1]
        one_hot_labels = one_in_k_encoding(y, number_of_classes)

        # forward
        hidden_layer_input = np.dot(X, W1) + b1
        hidden_layer_output = relu(hidden_layer_input)
        output_layer_input = np.dot(hidden_layer_output, W2) + b2
        output_probabilities = softmax(output_layer_input)

        # cost
        probability_of_right_class = np.sum(one_hot_labels * output_probabilities, axis=1)
        cross_entropy = -np.sum(np.log(probability_of_right_class + 1e-15)) / number_of_examples
        regularization_W1 = reg * np.sum(np.square(W1))
        regularization_W2 = reg * np.sum(np.square(W2))
        cost = cross_entropy + regularization_W1 + regularization_W2

        # backward, output layer
        error_output_layer = (output_probabilities - one_hot_labels) / number_of_examples
        gradient_W2 = np.dot(hidden_layer_output.T, error_output_layer)
        gradient_W2 = gradient_W2 + 2 * reg * W2
        gradient_b2 = np.sum(error_output_layer, axis=0).reshape(1, -1)

        # backward, hidden layer
        error_hidden_layer = np.dot(error_output_layer, W2.T)
        error_hidden_layer = np.where(hidden_layer_input > 0, error_hidden_layer, 0)
        gradient_W1 = np.dot(X.T, error_hidden_layer)
        gradient_W1 = gradient_W1 + 2 * reg * W1
        gradient_b1 = np.sum(error_hidden_layer, axis=0).reshape(1, -1)

        return cost, {"d_w1": gradient_W1, "d_w2": gradient_W2, "d_b1": gradient_b1, "d_b2": gradient_b2}

    def fit(self, X_train, y_train, X_val, y_val, init_params, batch_size=32, lr=0.1, reg=1e-4, epochs=30):
        W1 = init_params["W1"].copy()
        b1 = init_params["b1"].copy()
        W2 = init_params["W2"].copy()
        b2 = init_params["b2"].copy()
        current_params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
        best_params = {"W1": W1.copy(), "b1": b1.copy(), "W2": W2.copy(), "b2": b2.copy()}
        best_validation_accuracy = -1

        train_loss_history = []
        train_acc_history = []
        val_loss_history = []
        val_acc_history = []

        for epoch in range(epochs):
            shuffled_indices = np.random.permutation(X_train.shape[0])
            X_train_shuffled = X_train[shuffled_indices]
            y_train_shuffled = y_train[shuffled_indices]

            for batch_start in range(0, X_train.shape[0], batch_size):
                X_batch = X_train_shuffled[batch_start:batch_start + batch_size]
                y_batch = y_train_shuffled[batch_start:batch_start + batch_size]
                batch_cost, batch_gradients = self.cost_grad(X_batch, y_batch, current_params, reg)
                current_params["W1"] = current_params["W1"] - lr * batch_gradients["d_w1"]
                current_params["b1"] = current_params["b1"] - lr * batch_gradients["d_b1"]
                current_params["W2"] = current_params["W2"] - lr * batch_gradients["d_w2"]
                current_params["b2"] = current_params["b2"] - lr * batch_gradients["d_b2"]

            train_cost, train_gradients = self.cost_grad(X_train, y_train, current_params, reg)
            train_accuracy = self.score(X_train, y_train, current_params)
            train_loss_history.append(train_cost)
            train_acc_history.append(train_accuracy)

            val_cost, val_gradients = self.cost_grad(X_val, y_val, current_params, reg)
            val_accuracy = self.score(X_val, y_val, current_params)
            val_loss_history.append(val_cost)
            val_acc_history.append(val_accuracy)

            if val_accuracy > best_validation_accuracy:
                best_validation_accuracy = val_accuracy
                best_params["W1"] = current_params["W1"].copy()
                best_params["b1"] = current_params["b1"].copy()
                best_params["W2"] = current_params["W2"].copy()
                best_params["b2"] = current_params["b2"].copy()

        self.params = best_params
        self.history = {
            "train_loss": train_loss_history,
            "train_acc": train_acc_history,
            "val_loss": val_loss_history,
            "val_acc": val_acc_history,
        }
