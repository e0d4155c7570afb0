import numpy as np


def relu(x):
    # copy first so that the original array is not changed
    output_values = np.array(x, dtype=float)
    for one_row in output_values:
        # one_row is a view, so this changes output_values
        one_row[one_row < 0] = 0.0
    return output_values


def softmax(logits):
    number_of_examples = logits.shape[0]
    all_probabilities = np.zeros(logits.shape)
    for example_index in range(number_of_examples):
        # subtract the maximum of this row, otherwise exp gets too large
        row_maximum = max(logits[example_index])
        exponentials = np.exp(logits[example_index] - row_maximum)
        all_probabilities[example_index] = exponentials / exponentials.sum()
    return all_probabilities


def compute_layer(x, w, b):
    number_of_examples = x.shape[0]
    number_of_units = w.shape[1]
    bias_of_units = np.ravel(b)
    layer_output = np.zeros((number_of_examples, number_of_units))
    for unit_index in range(number_of_units):
        weights_of_unit = w[:, unit_index]
        layer_output[:, unit_index] = np.dot(x, weights_of_unit) + bias_of_units[unit_index]
    return layer_output


def average_ce(target, prediction):
    number_of_examples, number_of_classes = target.shape
    sum_of_losses = 0.0
    for example_index in range(number_of_examples):
        for class_index in range(number_of_classes):
            # 0 log 0 counts as 0, so only look where the target is not 0
            if target[example_index, class_index] != 0:
                probability = prediction[example_index, class_index]
                sum_of_losses -= target[example_index, class_index] * np.log(probability)
    return sum_of_losses / number_of_examples


def grad_ce(target, logits):
    number_of_examples = target.shape[0]
    probabilities = softmax(logits)
    gradient = np.zeros(target.shape)
    for example_index in range(number_of_examples):
        difference = probabilities[example_index] - target[example_index]
        gradient[example_index] = difference / number_of_examples
    return gradient


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    hidden_sums, hidden_outputs, output_sums, probabilities = forward_prop(x, w_h, b_h, w_o, b_o)
    number_of_examples = x.shape[0]
    number_of_hidden_units = w_h.shape[1]
    number_of_classes = w_o.shape[1]

    error_of_output = grad_ce(target, output_sums)

    gradient_output_weights = np.zeros(w_o.shape)
    gradient_output_bias = np.zeros((1, number_of_classes))
    for class_index in range(number_of_classes):
        error_of_class = error_of_output[:, class_index]
        gradient_output_bias[0, class_index] = error_of_class.sum()
        for hidden_index in range(number_of_hidden_units):
            gradient_output_weights[hidden_index, class_index] = np.sum(
                hidden_outputs[:, hidden_index] * error_of_class
            )

    gradient_hidden_weights = np.zeros(w_h.shape)
    gradient_hidden_bias = np.zeros((1, number_of_hidden_units))
    for hidden_index in range(number_of_hidden_units):
        # error that arrives at this hidden unit, for every example
        error_of_unit = np.zeros(number_of_examples)
        for class_index in range(number_of_classes):
            error_of_unit += error_of_output[:, class_index] * w_o[hidden_index, class_index]
        # the unit was off for these examples
        error_of_unit[hidden_sums[:, hidden_index] <= 0] = 0
        gradient_hidden_bias[0, hidden_index] = error_of_unit.sum()
        gradient_hidden_weights[:, hidden_index] = np.dot(error_of_unit, x)

    return gradient_hidden_weights, gradient_hidden_bias, gradient_output_weights, gradient_output_bias


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    number_of_inputs = x.shape[1]
    number_of_classes = t.shape[1]
    random_generator = np.random.default_rng(seed)

    deviation_hidden = np.sqrt(2 / (number_of_inputs + hidden))
    deviation_output = np.sqrt(2 / (hidden + number_of_classes))
    parameters = [
        random_generator.normal(0, deviation_hidden, (number_of_inputs, hidden)),
        np.zeros((1, hidden)),
        random_generator.normal(0, deviation_output, (hidden, number_of_classes)),
        np.zeros((1, number_of_classes)),
    ]

    # one velocity for every parameter
    velocities = []
    for parameter in parameters:
        velocities.append(np.zeros(parameter.shape))

    for epoch_number in range(epochs):
        gradients = backward_prop(x, t, parameters[0], parameters[1], parameters[2], parameters[3])
        for parameter_number in range(4):
            old_velocity = velocities[parameter_number]
            new_velocity = gamma * old_velocity + lr * gradients[parameter_number]
            parameters[parameter_number] = parameters[parameter_number] - new_velocity
            velocities[parameter_number] = new_velocity

    trained_network = {
        "w_h": parameters[0],
        "b_h": parameters[1],
        "w_o": parameters[2],
        "b_o": parameters[3],
    }
    return trained_network
