import numpy as np


def relu(x):
    positive_part_of_x = np.where(x < 0, 0, x)
    return positive_part_of_x


def softmax(logits):
    maximum_of_each_row = np.amax(logits, axis=1)[:, np.newaxis]
    exponentials_of_logits = np.exp(logits - maximum_of_each_row)
    sum_of_exponentials_of_each_row = np.sum(exponentials_of_logits, axis=1)[:, np.newaxis]
    return exponentials_of_logits / sum_of_exponentials_of_each_row


def compute_layer(x, w, b):
    output_of_layer = np.dot(x, w) + b
    return output_of_layer


def average_ce(target, prediction):
    number_of_examples = target.shape[0]
    sum_of_cross_entropies = -np.sum(target * np.log(prediction + 1e-12))
    return sum_of_cross_entropies / number_of_examples


def grad_ce(target, logits):
    number_of_examples = target.shape[0]
    gradient_of_logits = (softmax(logits) - target) / number_of_examples
    return gradient_of_logits


def forward_prop(x, w_h, b_h, w_o, b_o):
    hidden_layer_input = compute_layer(x, w_h, b_h)
    hidden_layer_activation = relu(hidden_layer_input)
    output_layer_input = compute_layer(hidden_layer_activation, w_o, b_o)
    output_layer_prediction = softmax(output_layer_input)
    return hidden_layer_input, hidden_layer_activation, output_layer_input, output_layer_prediction


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    number_of_examples = x.shape[0]
    hidden_layer_input, hidden_layer_activation, output_layer_input, output_layer_prediction = forward_prop(x, w_h, b_h, w_o, b_o)

    # output layer
    error_of_output_layer = (output_layer_prediction - target) / number_of_examples
    gradient_of_w_o = np.dot(hidden_layer_activation.T, error_of_output_layer)
    gradient_of_b_o = np.sum(error_of_output_layer, axis=0, keepdims=True)

    # hidden layer
    derivative_of_relu = np.zeros(hidden_layer_input.shape)
    derivative_of_relu[hidden_layer_input > 0] = 1
    error_of_hidden_layer = np.dot(error_of_output_layer, w_o.T) * derivative_of_relu
    gradient_of_w_h = np.dot(x.T, error_of_hidden_layer)
    gradient_of_b_h = np.sum(error_of_hidden_layer, axis=0, keepdims=True)

    return gradient_of_w_h, gradient_of_b_h, gradient_of_w_o, gradient_of_b_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    random_generator = np.random.default_rng(seed)
    number_of_inputs = x.shape[1]
    number_of_classes = t.shape[1]

    standard_deviation_of_w_h = np.sqrt(2 / (number_of_inputs + hidden))
    w_h = random_generator.normal(0, standard_deviation_of_w_h, (number_of_inputs, hidden))
    b_h = np.zeros((1, hidden))

    standard_deviation_of_w_o = np.sqrt(2 / (hidden + number_of_classes))
    w_o = random_generator.normal(0, standard_deviation_of_w_o, (hidden, number_of_classes))
    b_o = np.zeros((1, number_of_classes))

    velocity_of_w_h = np.zeros((number_of_inputs, hidden))
    velocity_of_b_h = np.zeros((1, hidden))
    velocity_of_w_o = np.zeros((hidden, number_of_classes))
    velocity_of_b_o = np.zeros((1, number_of_classes))

    for epoch in range(epochs):
        gradient_of_w_h, gradient_of_b_h, gradient_of_w_o, gradient_of_b_o = backward_prop(x, t, w_h, b_h, w_o, b_o)

        velocity_of_w_h = gamma * velocity_of_w_h + lr * gradient_of_w_h
        velocity_of_b_h = gamma * velocity_of_b_h + lr * gradient_of_b_h
        velocity_of_w_o = gamma * velocity_of_w_o + lr * gradient_of_w_o
        velocity_of_b_o = gamma * velocity_of_b_o + lr * gradient_of_b_o

        w_h = w_h - velocity_of_w_h
        b_h = b_h - velocity_of_b_h
        w_o = w_o - velocity_of_w_o
        b_o = b_o - velocity_of_b_o

    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}
