import numpy as np


# from the cs231n notes, modified
def softmax_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    num_classes = W.shape[1]
    scores = X.dot(W)
    assert scores.shape == (num_train, num_classes)
    scores = scores - np.max(scores, axis=1).reshape(-1, 1)
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)

    correct_logprobs = np.log(np.sum(exp_scores, axis=1)) - scores[range(num_train), y]
    data_loss = np.sum(correct_logprobs) / num_train
    reg_loss = 0.5 * reg * np.sum(W * W)
    total_loss = data_loss + reg_loss

    dscores = probs.copy()
    dscores[range(num_train), y] -= 1
    dscores /= num_train
    dW = np.dot(X.T, dscores)
    dW += reg * W
    return total_loss, dW, probs


def softmax_classifier(W, input, label, lamda):
    """
    Softmax classifier.

    Args:
        W: weights
        input: data
        label: one-hot labels
        lamda: regularization strength
    Returns: loss, gradient, prediction
    """
    loss = 0
    gradient = np.zeros_like(W)
    prediction = np.zeros((input.shape[0],))

    def to_class_indices(one_hot):
        assert one_hot.ndim == 2, "label must be one-hot"
        return np.argmax(one_hot, axis=1).reshape(-1)

    batch_size = input.shape[0]
    y_true = to_class_indices(label)
    assert y_true.shape == (batch_size,)
    loss, gradient, y_prob = softmax_loss_vectorized(W, input, y_true, lamda)
    prediction = np.argmax(y_prob, axis=-1)

    assert gradient.shape == W.shape
    return loss, gradient, prediction
