import tensorflow as tf
import numpy as np
import matplotlib.pyplot as plt
import time

import os
os.environ["TF_CPP_MIN_LOG_LEVEL"]="2"

tf.logging.set_verbosity(tf.logging.ERROR)

# Load the data
def loadData():
    with np.load("notMNIST.npz") as data:
        Data, Target = data["images"], data["labels"]
        np.random.seed(521)
        randIndx = np.arange(len(Data))
        np.random.shuffle(randIndx)
        Data = Data[randIndx] / 255.0
        Target = Target[randIndx]
        trainData, trainTarget = Data[:10000], Target[:10000]
        validData, validTarget = Data[10000:16000], Target[10000:16000]
        testData, testTarget = Data[16000:], Target[16000:]
    return trainData, validData, testData, trainTarget, validTarget, testTarget

# Implementation of a neural network using only Numpy - trained using gradient descent with momentum
def convertOneHot(trainTarget, validTarget, testTarget):
    newtrain = np.zeros((trainTarget.shape[0], 10))
    newvalid = np.zeros((validTarget.shape[0], 10))
    newtest = np.zeros((testTarget.shape[0], 10))
    for item in range(0, trainTarget.shape[0]):
        newtrain[item][trainTarget[item]] = 1
    return newtrain, newvalid, newtest


def relu(x):
    return np.maximum(x, 0)

def softmax(x):
    x = x - np.max(x, axis=1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=1, keepdims=True)


def computeLayer(X, W, b):
    return np.matmul(X, W) + b

def averageCE(target, prediction):
    N = target.shape[0]
    return (-1.0 / N) * np.sum(target * np.log(np.clip(prediction, 1e-15, 1.0)))

def gradCE(target, prediction):
    N = target.shape[0]
    return -(1.0 / N) * np.divide(target, prediction, out=np.zeros_like(target), where=target != 0)

def forward_prop(X, W_h, b_h, W_o, b_o):
    S_h = computeLayer(X, W_h, b_h)
    X_h = relu(S_h)
    S_o = computeLayer(X_h, W_o, b_o)
    return S_h, X_h, S_o, softmax(S_o)

def backward_prop(X, target, W_h, b_h, W_o, b_o):
    S_h, X_h, S_o, Y = forward_prop(X, W_h, b_h, W_o, b_o)
    delta_o = (Y - target) / X.shape[0]
    delta_h = np.matmul(delta_o, W_o.T)
    delta_h = delta_h * (S_h > 0)
    return (np.matmul(X.T, delta_h), np.sum(delta_h, axis=0, keepdims=True),
            np.matmul(X_h.T, delta_o), np.sum(delta_o, axis=0, keepdims=True))

def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    rng = np.random.default_rng(seed)
    F, K = x.shape[1], t.shape[1]
    W_h = rng.normal(0.0, np.sqrt(2.0 / (F + hidden)), size=(F, hidden))
    W_o = rng.normal(0.0, np.sqrt(2.0 / (hidden + K)), size=(hidden, K))
    b_h = np.zeros((1, hidden)); b_o = np.zeros((1, K))
    nu_h, nu_bh, nu_o, nu_bo = (np.zeros(a.shape) for a in (W_h, b_h, W_o, b_o))
    loss, acc = [], []
    start = time.time()
    for i in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(x, t, W_h, b_h, W_o, b_o)
        nu_h = gamma * nu_h + lr * dW_h
        nu_bh = gamma * nu_bh + lr * db_h
        nu_o = gamma * nu_o + lr * dW_o
        nu_bo = gamma * nu_bo + lr * db_o
        W_h = W_h - nu_h; b_h = b_h - nu_bh
        W_o = W_o - nu_o; b_o = b_o - nu_bo
        p = forward_prop(xv, W_h, b_h, W_o, b_o)[3]
        loss.append(averageCE(tv, p)); acc.append(np.mean(p.argmax(1) == tv.argmax(1)))
        print("epoch {} validation loss {:.4f} accuracy {:.4f}".format(i, loss[-1], acc[-1]))
    print("time", time.time() - start)
    return {"w_h": W_h, "b_h": b_h, "w_o": W_o, "b_o": b_o}


# Part 2: TensorFlow
def conv_net(x, weights, biases):
    x = tf.nn.conv2d(x, weights["w1"], strides=[1, 1, 1, 1], padding="SAME")
    return tf.nn.relu(tf.nn.bias_add(x, biases["b1"]))

trainData, validData, testData, trainTarget, validTarget, testTarget = loadData()
trainTarget, validTarget, testTarget = convertOneHot(trainTarget, validTarget, testTarget)
trainData = trainData.reshape(-1, 784); validData = validData.reshape(-1, 784)
for hidden_units in [100, 500, 1000, 2000]:
    weights = train(trainData, trainTarget, validData, validTarget, hidden=hidden_units)
graph = tf.Graph()
with graph.as_default():
    features = tf.placeholder(tf.float32, shape=(None, 28, 28, 1))
plt.plot([1, 2, 3]); plt.show()
