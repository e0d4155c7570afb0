import numpy as np


# Homework 0. I wrote every step on its own line so that I can print it.


def softmax_loss(Z, y):
    # how many examples and how many classes
    N = Z.shape[0]
    C = Z.shape[1]
    total_loss = 0.0
    for i in range(N):
        logits = Z[i]
        # find the largest logit of this row
        biggest = logits[0]
        for k in range(1, C):
            if logits[k] > biggest:
                biggest = logits[k]
        # add up the exponentials
        sum_of_exp = 0.0
        for k in range(C):
            sum_of_exp = sum_of_exp + np.exp(logits[k] - biggest)
        log_of_sum = np.log(sum_of_exp) + biggest
        right_class = y[i]
        right_logit = logits[right_class]
        loss_of_this_one = log_of_sum - right_logit
        total_loss = total_loss + loss_of_this_one
    average_loss = total_loss / N
    return average_loss


def softmax_regression_epoch(X, y, theta, lr=0.1, batch=100):
    N = X.shape[0]
    D = theta.shape[0]
    C = theta.shape[1]
    start = 0
    while start < N:
        end = start + batch
        if end > N:
            end = N
        how_many = end - start
        # the gradient starts at zero in every batch
        grad = np.zeros((D, C))
        for i in range(start, end):
            x = X[i]
            logits = np.dot(x, theta)
            shifted = logits - np.max(logits)
            e = np.exp(shifted)
            z = e / np.sum(e)
            # one hot vector
            t = np.zeros(C)
            t[y[i]] = 1
            error = z - t
            for c in range(len(error)):
                grad[:, c] = grad[:, c] + x * error[c]
        step = lr / how_many * grad
        # has to be -= because theta = theta - step makes a copy
        theta -= step
        start = end


def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    N = X.shape[0]
    C = W2.shape[1]
    start = 0
    while start < N:
        end = start + batch
        if end > N:
            end = N
        x = X[start:end]
        labels = y[start:end]
        B = x.shape[0]

        # forward
        h = np.dot(x, W1)
        a = np.zeros(h.shape)
        for i in range(B):
            for j in range(h.shape[1]):
                if h[i, j] > 0:
                    a[i, j] = h[i, j]
        logits = np.dot(a, W2)
        z = np.zeros(logits.shape)
        for i in range(B):
            e = np.exp(logits[i] - np.max(logits[i]))
            z[i] = e / np.sum(e)

        # one hot labels
        t = np.zeros((B, C))
        for i in range(B):
            t[i, labels[i]] = 1

        # backward
        g2 = z - t
        back = np.dot(g2, W2.T)
        g1 = np.zeros(back.shape)
        for j in range(back.shape[1]):
            unit_is_on = a[:, j] > 0
            g1[:, j] = unit_is_on * back[:, j]
        grad_W1 = np.dot(x.T, g1)
        grad_W2 = np.dot(a.T, g2)

        # both gradients are there, now change the weights
        step_W1 = lr / B * grad_W1
        step_W2 = lr / B * grad_W2
        W1 -= step_W1
        W2 -= step_W2
        if start == 0 and B > 1000000:
            print("very large batch", B)
        start = end
