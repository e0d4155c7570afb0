import numpy as np
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
import time
import os
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"


# Load the data
def load_data():
    with np.load("notMNIST.npz") as data:
        data, targets = data["images"], data["labels"]
        np.random.seed(521)
        rand_idx = np.arange(len(data))
        np.random.shuffle(rand_idx)
        data = data[rand_idx] / 255.0
        targets = targets[rand_idx].astype(int)
        return data[:10000], targets[:10000], data[10000:16000], targets[10000:16000], data[16000:], targets[16000:]


def convert_onehot(train_target, valid_target, test_target):
    out = []
    for t in (train_target, valid_target, test_target):
        hot = np.zeros([t.shape[0], 10])
        for i in range(t.shape[0]):
            hot[i, t[i]] = 1
        out.append(hot)
    return tuple(out)


def relu(x):
    return np.maximum(x, np.zeros(x.shape))


def softmax(logits):
    shifted = logits - np.max(logits, axis=1).reshape(-1, 1)
    expo = np.exp(shifted)
    return expo / np.sum(expo, axis=1).reshape(-1, 1)


def compute_layer(x, w, b):
    return np.matmul(x, w) + b


def average_ce(target, prediction):
    N = target.shape[0]
    return -(1 / N) * np.sum(target * np.log(prediction + 1e-12))


def grad_ce(target, logits):
    N = target.shape[0]
    return (1 / N) * (softmax(logits) - target)


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    p = softmax(z_o)
    return z_h, a_h, z_o, p


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    dW_o = np.matmul(np.transpose(a_h), delta_o)
    db_o = np.sum(delta_o, axis=0, keepdims=True)
    relu_grad = np.zeros(z_h.shape)
    relu_grad[z_h > 0] = 1
    delta_h = np.matmul(delta_o, np.transpose(w_o)) * relu_grad
    dW_h = np.matmul(np.transpose(x), delta_h)
    db_h = np.sum(delta_h, axis=0, keepdims=True)
    return dW_h, db_h, dW_o, db_o


def xavier(rng, n_in, n_out):
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    w_h, b_h = xavier(rng, x.shape[1], hidden), np.zeros((1, hidden))
    w_o, b_o = xavier(rng, hidden, t.shape[1]), np.zeros((1, t.shape[1]))
    v_w_h = np.full(w_h.shape, 1e-5)
    v_b_h = np.full(b_h.shape, 1e-5)
    v_w_o = np.full(w_o.shape, 1e-5)
    v_b_o = np.full(b_o.shape, 1e-5)
    train_loss, valid_loss = [], []
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
            train_loss.append(average_ce(t, forward_prop(x, w_h, b_h, w_o, b_o)[3]))
            valid_loss.append(average_ce(tv, forward_prop(xv, w_h, b_h, w_o, b_o)[3]))
    return {"w_h": w_h, "b_h": b_h, "w_o": w_o, "b_o": b_o}


if __name__ == "__main__":
    trainData, trainTarget, validData, validTarget, testData, testTarget = load_data()
    trainTarget, validTarget, testTarget = convert_onehot(trainTarget, validTarget, testTarget)
    start = time.time()
    weights = train(trainData.reshape(10000, -1), trainTarget, validData.reshape(6000, -1), validTarget, hidden=1000)
    print("took", time.time() - start)
    plt.plot(weights["b_o"])
    plt.show()
