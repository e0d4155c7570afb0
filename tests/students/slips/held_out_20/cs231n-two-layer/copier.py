import numpy as np


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {}
        self.params['W1'] = std * np.random.randn(input_size, hidden_size)
        self.params['b1'] = np.zeros(hidden_size)
        self.params['W2'] = std * np.random.randn(hidden_size, output_size)
        self.params['b2'] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        # Unpack variables from the params dictionary
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        num_train, num_features = X.shape
        num_classes = W2.shape[1]

        # Compute the forward pass
        first_layer_scores = X.dot(W1) + b1
        first_layer_activations = np.maximum(0, first_layer_scores)
        class_scores = first_layer_activations.dot(W2) + b2

        # If the targets are not given then jump out, we're done
        if y is None:
            return class_scores

        # Compute the loss
        class_scores_shifted = class_scores - np.max(class_scores, axis=1, keepdims=True)
        exp_class_scores = np.exp(class_scores_shifted)
        sum_exp_class_scores = np.sum(exp_class_scores, axis=1, keepdims=True)
        correct_class_scores = class_scores_shifted[range(num_train), y]
        loss = np.sum(np.log(sum_exp_class_scores[:, 0])) - np.sum(correct_class_scores)
        loss /= num_train
        loss += reg * np.sum(W1 * W1)
        loss += reg * np.sum(W2 * W2)

        # Backward pass: compute gradients
        grads = {}
        gradient_of_class_scores = exp_class_scores / sum_exp_class_scores
        gradient_of_class_scores[range(num_train), y] -= 1
        gradient_of_class_scores /= num_train

        grads['W2'] = first_layer_activations.T.dot(gradient_of_class_scores)
        grads['W2'] += 2 * reg * W2
        grads['b2'] = np.sum(gradient_of_class_scores, axis=0)

        gradient_of_activations = gradient_of_class_scores.dot(W2.T)
        gradient_of_activations[first_layer_scores <= 0] = 0

        grads['W1'] = X.T.dot(gradient_of_activations)
        grads['W1'] += 2 * reg * W1
        grads['b1'] = np.sum(gradient_of_activations, axis=0)

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

        for it in range(num_iters):
            # random minibatch
            batch_indices = np.random.choice(num_train, batch_size, replace=True)
            X_batch = X[batch_indices]
            y_batch = y[batch_indices]

            # Compute loss and gradients using the current minibatch
            loss, grads = self.loss(X_batch, y=y_batch, reg=reg)
            loss_history.append(loss)

            # step
            self.params['W1'] += -learning_rate * grads['W1']
            self.params['b1'] += -learning_rate * grads['b1']
            self.params['W2'] += -learning_rate * grads['W2']
            self.params['b2'] += -learning_rate * grads['b2']

            if verbose and it % 100 == 0:
                print('iteration %d / %d: loss %f' % (it, num_iters, loss))

            # Every epoch, check train and val accuracy and decay learning rate.
            if it % iterations_per_epoch == 0:
                train_acc = (self.predict(X_batch) == y_batch).mean()
                val_acc = (self.predict(X_val) == y_val).mean()
                train_acc_history.append(train_acc)
                val_acc_history.append(val_acc)
                learning_rate *= learning_rate_decay

        return {
            'loss_history': loss_history,
            'train_acc_history': train_acc_history,
            'val_acc_history': val_acc_history,
        }

    def predict(self, X):
        W1, b1 = self.params['W1'], self.params['b1']
        W2, b2 = self.params['W2'], self.params['b2']
        first_layer_scores = X.dot(W1) + b1
        first_layer_activations = np.maximum(0, first_layer_scores)
        class_scores = first_layer_activations.dot(W2) + b2
        y_pred = np.argmax(class_scores, axis=1)
        return y_pred
