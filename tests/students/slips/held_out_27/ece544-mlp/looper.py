import numpy as np

# ECE 544 homework 2: multilayer perceptron from scratch


def apply_activation(value_matrix, activation_name):
    """Applies the activation of the hidden layers to every number."""
    if activation_name == "relu":
        result = np.zeros(value_matrix.shape)
        positive = value_matrix > 0
        result[positive] = value_matrix[positive]
        return result
    if activation_name == "sigmoid":
        # sigmoid(z) = (1 + tanh(z / 2)) / 2 does not overflow
        return 0.5 * (1.0 + np.tanh(0.5 * value_matrix))
    if activation_name == "tanh":
        return np.tanh(value_matrix)
    raise ValueError("I only know relu, sigmoid and tanh")


def activation_derivative(value_matrix, activated_matrix, activation_name):
    """Derivative of the activation, from what went in and what came out."""
    if activation_name == "relu":
        derivative = np.ones(value_matrix.shape)
        derivative[value_matrix <= 0] = 0
        return derivative
    if activation_name == "sigmoid":
        return activated_matrix * (1 - activated_matrix)
    if activation_name == "tanh":
        return 1 - activated_matrix * activated_matrix
    raise ValueError("I only know relu, sigmoid and tanh")


def softmax_of_rows(logits):
    probabilities = np.zeros(logits.shape)
    for row_number in range(logits.shape[0]):
        row = logits[row_number]
        exponentials = np.exp(row - np.max(row))
        probabilities[row_number] = exponentials / np.sum(exponentials)
    return probabilities


def forward(X, params, act):
    number_of_layers = len(params) // 2
    current_activation = X.copy()
    all_activations = [current_activation]
    all_preactivations = []
    all_weights = []
    for layer_number in range(1, number_of_layers + 1):
        weights = params["W" + str(layer_number)]
        biases = params["b" + str(layer_number)]
        preactivation = np.dot(current_activation, weights)
        # add the bias to every example
        for example_number in range(X.shape[0]):
            preactivation[example_number, :] += biases.reshape(-1)
        all_weights.append(weights.copy())
        all_preactivations.append(preactivation)
        # the last layer has no activation, only the softmax
        if layer_number != number_of_layers:
            current_activation = apply_activation(preactivation, act)
            all_activations.append(current_activation)
    probs = softmax_of_rows(all_preactivations[-1])
    cache = (all_activations, all_preactivations, all_weights, probs.copy(), act)
    return probs, cache


def backward(cache, T):
    all_activations, all_preactivations, all_weights, probabilities, activation_name = cache
    number_of_examples = T.shape[0]
    number_of_layers = len(all_weights)
    gradients = {}
    for layer_number in range(number_of_layers):
        gradients["W" + str(layer_number + 1)] = np.zeros(all_weights[layer_number].shape)
        gradients["b" + str(layer_number + 1)] = np.zeros((1, all_weights[layer_number].shape[1]))

    # every example is sent back through the network on its own
    for example_number in range(number_of_examples):
        error = probabilities[example_number] - T[example_number]
        for layer_number in range(number_of_layers - 1, -1, -1):
            layer_input = all_activations[layer_number][example_number]
            gradients["W" + str(layer_number + 1)] += np.outer(layer_input, error)
            gradients["b" + str(layer_number + 1)][0] += error
            if layer_number > 0:
                error_of_activation = np.dot(all_weights[layer_number], error)
                slope = activation_derivative(
                    all_preactivations[layer_number - 1][example_number],
                    all_activations[layer_number][example_number],
                    activation_name,
                )
                error = error_of_activation * slope

    # average over the batch
    for name in gradients:
        gradients[name] = gradients[name] / number_of_examples
    return gradients


def predict(X, params, act):
    probabilities, unused_cache = forward(X, params, act)
    predicted_classes = np.zeros(X.shape[0], dtype=int)
    for example_number in range(X.shape[0]):
        best_class = 0
        best_probability = -1.0
        for class_number in range(probabilities.shape[1]):
            if probabilities[example_number, class_number] > best_probability:
                best_probability = probabilities[example_number, class_number]
                best_class = class_number
        predicted_classes[example_number] = best_class
    return predicted_classes


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=int)
    for example_number in range(len(y)):
        true_class = y[example_number]
        predicted_class = yhat[example_number]
        counts[true_class, predicted_class] += 1
    return counts


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    number_of_examples = X.shape[0]
    number_of_classes = int(np.max(y)) + 1

    # one-hot targets
    targets = np.zeros((number_of_examples, number_of_classes))
    for example_number in range(number_of_examples):
        targets[example_number, y[example_number]] = 1

    # sizes of all layers, input and output included
    layer_sizes = [X.shape[1]]
    if isinstance(hidden, (tuple, list)):
        for number_of_units in hidden:
            layer_sizes.append(number_of_units)
    else:
        layer_sizes.append(hidden)
    layer_sizes.append(number_of_classes)

    # first weights and velocities
    params = {}
    velocities = {}
    for layer_number in range(1, len(layer_sizes)):
        number_of_inputs = layer_sizes[layer_number - 1]
        number_of_outputs = layer_sizes[layer_number]
        if act == "relu":
            standard_deviation = np.sqrt(2.0 / number_of_inputs)
        else:
            standard_deviation = np.sqrt(2.0 / (number_of_inputs + number_of_outputs))
        weight_name = "W" + str(layer_number)
        bias_name = "b" + str(layer_number)
        params[weight_name] = rng.normal(0, standard_deviation, (number_of_inputs, number_of_outputs))
        params[bias_name] = np.zeros((1, number_of_outputs))
        velocities[weight_name] = np.zeros((number_of_inputs, number_of_outputs))
        velocities[bias_name] = np.zeros((1, number_of_outputs))

    for epoch_number in range(epochs):
        shuffled_order = np.arange(number_of_examples)
        rng.shuffle(shuffled_order)
        start_of_batch = 0
        while start_of_batch < number_of_examples:
            rows_of_batch = shuffled_order[start_of_batch : start_of_batch + batch_size]
            batch_inputs = X[rows_of_batch]
            batch_targets = targets[rows_of_batch]
            probabilities, cache = forward(batch_inputs, params, act)
            gradients = backward(cache, batch_targets)
            for name in params:
                velocities[name] = momentum * velocities[name] + lr * gradients[name]
            for name in params:
                params[name] = params[name] - velocities[name]
            start_of_batch = start_of_batch + batch_size
    return params
