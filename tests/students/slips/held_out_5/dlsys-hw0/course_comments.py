import struct
import gzip
import numpy as np


def add(x, y):
    return x + y


def parse_mnist(image_filename, label_filename):
    with gzip.open(image_filename, 'rb') as f:
        magic, num, rows, cols = struct.unpack(">4I", f.read(16))
        X = np.frombuffer(f.read(), dtype=np.uint8).reshape(num, rows * cols).astype(np.float32) / 255
    with gzip.open(label_filename, 'rb') as f:
        f.read(8)
        y = np.frombuffer(f.read(), dtype=np.uint8)
    return X, y


def softmax_loss(Z, y):
    ### BEGIN YOUR CODE
    N = Z.shape[0]
    Zmax = np.max(Z, axis=1).reshape(N, 1)
    lse = np.log(np.sum(np.exp(Z - Zmax), axis=1)) + Zmax.reshape(N)
    zy = Z[range(N), y]
    return (lse - zy).mean()
    ### END YOUR CODE


def softmax_regression_epoch(X, y, theta, lr = 0.1, batch=100):
    ### BEGIN YOUR CODE
    n = X.shape[0]
    k = theta.shape[1]
    num_batches = (n + batch - 1) // batch
    for b in range(num_batches):
        xb = X[b * batch:(b + 1) * batch]
        yb = y[b * batch:(b + 1) * batch]
        m = xb.shape[0]
        logits = np.matmul(xb, theta)
        logits = logits - np.max(logits, axis=1, keepdims=True)
        expz = np.exp(logits)
        probs = expz / np.sum(expz, axis=1, keepdims=True)
        I = np.zeros((m, k))
        I[np.arange(m), yb] = 1
        grad = np.matmul(xb.T, probs - I) / m
        theta[:] = theta - lr * grad
    ### END YOUR CODE


def nn_epoch(X, y, W1, W2, lr = 0.1, batch=100):
    ### BEGIN YOUR CODE
    n = X.shape[0]
    k = W2.shape[1]
    for i in range(0, n, batch):
        xb = X[i:i + batch]
        yb = y[i:i + batch]
        m = xb.shape[0]
        Z1 = np.maximum(0, np.matmul(xb, W1))
        logits = np.matmul(Z1, W2)
        expz = np.exp(logits - np.max(logits, axis=1, keepdims=True))
        S = expz / np.sum(expz, axis=1, keepdims=True)
        Iy = np.zeros((m, k))
        Iy[np.arange(m), yb] = 1
        G2 = S - Iy
        G1 = np.where(Z1 > 0, 1, 0) * np.matmul(G2, W2.T)
        grad1 = np.matmul(xb.T, G1) / m
        grad2 = np.matmul(Z1.T, G2) / m
        W1 -= lr * grad1
        W2 -= lr * grad2
    ### END YOUR CODE


if __name__ == "__main__":
    X_tr, y_tr = parse_mnist("data/train-images-idx3-ubyte.gz", "data/train-labels-idx1-ubyte.gz")
    theta = np.zeros((784, 10))
    for e in range(10):
        softmax_regression_epoch(X_tr, y_tr, theta, lr=0.2)
        print(e, softmax_loss(X_tr @ theta, y_tr))
