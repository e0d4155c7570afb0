import os
import time

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from matplotlib import cm
from sklearn.utils import shuffle

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
plt.style.use("ggplot")
LEARNING_RATE = 0.1
GAMMA = 0.9
EPOCHS = 200

print("loading data")


# Load the data
def loadData():
    with np.load("notMNIST.npz") as data:
        Data, Target = data["images"], data["labels"]
        np.random.seed(521)
        randIndx = np.arange(len(Data))
        np.random.shuffle(randIndx)
        Data = Data[randIndx] / 255.0
        Target = Target[randIndx]
        return Data[:10000], Data[10000:16000], Data[16000:], Target[:10000], Target[10000:16000], Target[16000:]


def convertOneHot(trainTarget, validTarget, testTarget):
    def encode(labels):
        out = np.zeros((labels.shape[0], 10))
        out[np.arange(labels.shape[0]), labels] = 1
        return out

    return encode(trainTarget), encode(validTarget), encode(testTarget)


trainData, validData, testData, trainTarget, validTarget, testTarget = loadData()
trainData = trainData.reshape(trainData.shape[0], -1)
newtrain, newvalid, newtest = convertOneHot(trainTarget, validTarget, testTarget)


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    m = np.max(x, axis=1, keepdims=True)
    e = np.exp(x - m)
    return e / np.sum(e, axis=1, keepdims=True)


def compute_layer(x, w, b):
    return x @ w + b


def average_ce(target, prediction):
    return -np.mean(np.sum(target * np.log(prediction + 1e-9), axis=1))


def grad_ce(target, logits):
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    delta_o = grad_ce(target, z_o)
    delta_h = (delta_o @ w_o.T) * np.heaviside(z_h, 0)
    return (
        x.T @ delta_h,
        np.sum(delta_h, axis=0, keepdims=True),
        a_h.T @ delta_o,
        np.sum(delta_o, axis=0, keepdims=True),
    )


def accuracy(x, t, w):
    return np.mean(np.argmax(forward_prop(x, *w)[3], axis=1) == np.argmax(t, axis=1))


def train(x, t, xv, tv, hidden=64, lr=LEARNING_RATE, gamma=GAMMA, epochs=EPOCHS, seed=0):
    start = time.time()
    rng = np.random.default_rng(seed)
    F, K = x.shape[1], t.shape[1]
    w = [
        rng.normal(0, np.sqrt(2 / (F + hidden)), (F, hidden)),
        np.zeros((1, hidden)),
        rng.normal(0, np.sqrt(2 / (hidden + K)), (hidden, K)),
        np.zeros((1, K)),
    ]
    v = [np.full_like(a, 0) for a in w]
    history = {"train": [], "valid": []}
    for epoch in range(epochs):
        g = backward_prop(x, t, *w)
        v = [gamma * vi + lr * gi for vi, gi in zip(v, g)]
        w = [wi - vi for wi, vi in zip(w, v)]
        history["train"].append(accuracy(x, t, w))
        history["valid"].append(accuracy(xv, tv, w))
        if epoch % 20 == 0:
            print("epoch", epoch, "train", history["train"][-1], "valid", history["valid"][-1])
    print("took", time.time() - start, "s")
    return {"w_h": w[0], "b_h": w[1], "w_o": w[2], "b_o": w[3]}


model = train(trainData, newtrain, validData.reshape(len(validData), -1), newvalid, hidden=1000)
plt.plot([1, 2, 3], label="train")
plt.legend()
plt.savefig("curves.png")

if __name__ == "__main__":
    print("accuracy", accuracy(testData.reshape(len(testData), -1), newtest, list(model.values())))
    plt.show()
