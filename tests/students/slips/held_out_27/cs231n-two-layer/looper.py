import numpy as np


class TwoLayerNet:
    """A network with one hidden layer. params: W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)."""

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def hidden_sums_of_example(self, one_example):
        """The weighted sums of the hidden layer for one example, before the ReLU."""
        return np.dot(one_example, self.params["W1"]) + self.params["b1"]

    def relu_of_example(self, hidden_sums):
        hidden_values = hidden_sums.copy()
        for unit_number in range(len(hidden_values)):
            if hidden_values[unit_number] < 0:
                hidden_values[unit_number] = 0
        return hidden_values

    def scores_of_example(self, hidden_values):
        return np.dot(hidden_values, self.params["W2"]) + self.params["b2"]

    def loss(self, X, y=None, reg=0.0):
        number_of_examples = X.shape[0]
        first_weights = self.params["W1"]
        second_weights = self.params["W2"]
        number_of_classes = second_weights.shape[1]

        # the scores are all that is wanted if there are no labels
        if y is None:
            all_scores = np.zeros((number_of_examples, number_of_classes))
            for example_number in range(number_of_examples):
                hidden_values = self.relu_of_example(self.hidden_sums_of_example(X[example_number]))
                all_scores[example_number] = self.scores_of_example(hidden_values)
            return all_scores

        total_loss = 0.0
        gradient_first_weights = np.zeros(first_weights.shape)
        gradient_first_bias = np.zeros(first_weights.shape[1])
        gradient_second_weights = np.zeros(second_weights.shape)
        gradient_second_bias = np.zeros(number_of_classes)

        for example_number in range(number_of_examples):
            one_example = X[example_number]
            correct_class = y[example_number]

            # forward
            hidden_sums = self.hidden_sums_of_example(one_example)
            hidden_values = self.relu_of_example(hidden_sums)
            scores = self.scores_of_example(hidden_values)
            scores = scores - scores.max()
            exponentials = np.exp(scores)
            sum_of_exponentials = exponentials.sum()
            probabilities = exponentials / sum_of_exponentials

            # loss of this example: -log(p) of the correct class
            total_loss += np.log(sum_of_exponentials) - scores[correct_class]

            # backward
            error_of_scores = probabilities.copy()
            error_of_scores[correct_class] -= 1
            gradient_second_weights += np.outer(hidden_values, error_of_scores)
            gradient_second_bias += error_of_scores
            error_of_hidden = np.dot(second_weights, error_of_scores)
            error_of_hidden[hidden_sums <= 0] = 0
            gradient_first_weights += np.outer(one_example, error_of_hidden)
            gradient_first_bias += error_of_hidden

        # average over the batch
        average_loss = total_loss / number_of_examples
        gradient_first_weights /= number_of_examples
        gradient_first_bias /= number_of_examples
        gradient_second_weights /= number_of_examples
        gradient_second_bias /= number_of_examples

        # regularization of the weights (not of the biases)
        sum_of_squares = 0.0
        for weight_matrix in [first_weights, second_weights]:
            for row_of_weights in weight_matrix:
                sum_of_squares += np.sum(row_of_weights ** 2)
        loss_with_regularization = average_loss + reg * sum_of_squares
        gradient_first_weights += 2 * reg * first_weights
        gradient_second_weights += 2 * reg * second_weights

        gradients = {}
        gradients["W1"] = gradient_first_weights
        gradients["b1"] = gradient_first_bias
        gradients["W2"] = gradient_second_weights
        gradients["b2"] = gradient_second_bias
        return loss_with_regularization, gradients

    def share_of_right_answers(self, X, y):
        predicted_classes = self.predict(X)
        number_right = 0
        for example_number in range(len(y)):
            if predicted_classes[example_number] == y[example_number]:
                number_right += 1
        return number_right / max(len(y), 1)

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
        number_of_examples = X.shape[0]
        iterations_in_one_pass = number_of_examples // batch_size
        if iterations_in_one_pass < 1:
            iterations_in_one_pass = 1

        current_learning_rate = learning_rate
        loss_history = []
        train_accuracies = []
        validation_accuracies = []
        iterations_of_this_pass = 0

        for iteration_number in range(num_iters):
            # draw a random batch
            drawn_examples = []
            drawn_labels = []
            for position_in_batch in range(batch_size):
                random_row = np.random.randint(number_of_examples)
                drawn_examples.append(X[random_row])
                drawn_labels.append(y[random_row])
            batch_examples = np.array(drawn_examples)
            batch_labels = np.array(drawn_labels)

            batch_loss, gradients = self.loss(batch_examples, batch_labels, reg)
            loss_history.append(batch_loss)

            # gradient descent step
            for parameter_name in ["W1", "b1", "W2", "b2"]:
                step = current_learning_rate * gradients[parameter_name]
                self.params[parameter_name] = self.params[parameter_name] - step

            # at the end of a pass over the data: accuracies and a smaller learning rate
            iterations_of_this_pass += 1
            if iterations_of_this_pass == iterations_in_one_pass:
                iterations_of_this_pass = 0
                train_accuracies.append(self.share_of_right_answers(batch_examples, batch_labels))
                validation_accuracies.append(self.share_of_right_answers(X_val, y_val))
                current_learning_rate = current_learning_rate * learning_rate_decay
                if verbose:
                    print("loss", batch_loss, "validation accuracy", validation_accuracies[-1])

        return {
            "loss_history": loss_history,
            "train_acc_history": train_accuracies,
            "val_acc_history": validation_accuracies,
        }

    def predict(self, X):
        all_scores = self.loss(X)
        predicted_classes = []
        for scores_of_one_example in all_scores:
            best_class = 0
            for class_number in range(1, len(scores_of_one_example)):
                if scores_of_one_example[class_number] > scores_of_one_example[best_class]:
                    best_class = class_number
            predicted_classes.append(best_class)
        return np.array(predicted_classes)
