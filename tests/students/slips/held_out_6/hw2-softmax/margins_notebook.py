"""Notebook cells pasted into one file. Scores relative to the right class, so that the loss is log(sum(exp(margin)))."""

import numpy as np

# %% settings
DTYPE = np.float64
SHOW = False


# %% the classifier
def scores_of(W, X):
    return np.einsum("dc,nd->nc", W, X)


def softmax_classifier(W, input, label, lamda):
    n_samples, n_classes = label.shape
    scores = scores_of(W, input).astype(DTYPE)
    truth = label.argmax(axis=1)
    right = scores[np.arange(n_samples), truth].reshape(-1, 1)
    margin = scores - right
    biggest = margin.max(axis=1).reshape(-1, 1)
    total = np.exp(margin - biggest).sum(axis=1).reshape(-1, 1)
    losses = (biggest + np.log(total)).ravel()
    loss = losses.sum() / n_samples
    loss = loss + lamda * np.square(W).sum() / 2

    probability = np.exp(margin - biggest) / total
    gradient = np.zeros_like(W)
    for c in range(n_classes):
        weight = probability[:, c] - (truth == c)
        gradient[:, c] = weight @ input / n_samples + lamda * W[:, c]
    if SHOW:
        print("loss", loss)
    return loss, gradient, np.argmax(scores, axis=1)


# %% try it
if __name__ == "__main__":
    rng = np.random.default_rng(1)
    print(softmax_classifier(rng.normal(size=(3, 2)), rng.normal(size=(5, 3)), np.eye(2)[[0, 1, 0, 1, 1]], 0.1))
