"""ECE421 A2, my solution. I wrote out every step so that I can follow it with the slides."""
import numpy as np


def relu(x):
    # relu is x where x is positive and 0 where it is negative
    is_positive = x > 0
    result = np.zeros(x.shape)
    result[is_positive] = x[is_positive]
    return result


def softmax(logits):
    number_of_rows = logits.shape[0]
    number_of_classes = logits.shape[1]
    answer = np.zeros((number_of_rows, number_of_classes))
    # one example after the other
    for i in range(number_of_rows):
        row = logits[i]
        biggest = row.max()
        shifted = row - biggest
        exps = np.exp(shifted)
        total = exps.sum()
        answer[i] = exps / total
    return answer


def compute_layer(x, w, b):
    product = np.dot(x, w)
    layer = product + b
    return layer


def average_ce(target, prediction):
    number_of_rows = target.shape[0]
    total_loss = 0.0
    for i in range(number_of_rows):
        # which class is the right one
        right_class = np.argmax(target[i])
        probability = prediction[i, right_class]
        # so that log(0) never happens
        if probability < 1e-15:
            probability = 1e-15
        loss_of_example = -np.log(probability)
        total_loss = total_loss + loss_of_example
    average_loss = total_loss / number_of_rows
    return average_loss


def grad_ce(target, logits):
    N = target.shape[0]
    p = softmax(logits)
    difference = p - target
    gradient = difference / N
    return gradient


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)

    # output layer
    error_o = grad_ce(target, z_o)
    a_h_transposed = np.transpose(a_h)
    dW_o = np.dot(a_h_transposed, error_o)
    sum_o = np.sum(error_o, axis=0)
    db_o = sum_o.reshape(1, len(sum_o))

    # going back through the weights
    w_o_transposed = np.transpose(w_o)
    error_a = np.dot(error_o, w_o_transposed)

    # the relu lets the error through where it was on
    relu_on = np.zeros(z_h.shape)
    relu_on[z_h > 0] = 1.0
    error_h = error_a * relu_on

    # hidden layer
    x_transposed = np.transpose(x)
    dW_h = np.dot(x_transposed, error_h)
    sum_h = np.sum(error_h, axis=0)
    db_h = sum_h.reshape(1, len(sum_h))

    return dW_h, db_h, dW_o, db_o


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    D = x.shape[1]
    C = t.shape[1]

    # Xavier
    std_h = np.sqrt(2.0 / (D + hidden))
    std_o = np.sqrt(2.0 / (hidden + C))
    w_h = rng.normal(0.0, std_h, size=(D, hidden))
    b_h = np.zeros((1, hidden))
    w_o = rng.normal(0.0, std_o, size=(hidden, C))
    b_o = np.zeros((1, C))

    # velocities
    v_w_h = np.zeros((D, hidden))
    v_b_h = np.zeros((1, hidden))
    v_w_o = np.zeros((hidden, C))
    v_b_o = np.zeros((1, C))

    for epoch in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, w_h, b_h, w_o, b_o)

        v_w_h = gamma * v_w_h + lr * dW_h
        v_b_h = gamma * v_b_h + lr * db_h
        v_w_o = gamma * v_w_o + lr * dW_o
        v_b_o = gamma * v_b_o + lr * db_o

        w_h = w_h - v_w_h
        b_h = b_h - v_b_h
        w_o = w_o - v_w_o
        b_o = b_o - v_b_o

        if epoch % 20 == 0:
            z1, a1, z2, p_train = forward_prop(x, w_h, b_h, w_o, b_o)
            train_loss = average_ce(t, p_train)
            guesses = np.argmax(p_train, axis=1)
            truth = np.argmax(t, axis=1)
            train_acc = np.mean(guesses == truth)
            print("epoch", epoch, "loss", train_loss, "acc", train_acc)

    weights = {}
    weights["w_h"] = w_h
    weights["b_h"] = b_h
    weights["w_o"] = w_o
    weights["b_o"] = b_o
    return weights


if __name__ == "__main__":
    print(softmax(np.array([[1.0, 2.0, 3.0]])))
