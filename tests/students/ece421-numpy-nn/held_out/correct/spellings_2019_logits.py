"""Style: 2019 spellings computeLayer, averageCE, gradCE (logits form); loads notMNIST, plots, trains under __main__."""
import tensorflow as tf
import numpy as np
import matplotlib.pyplot as plt
import os, sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def loadData():
    with np.load("notMNIST.npz") as data:
        Data, Target = data["images"], data["labels"]
        np.random.seed(521)
        randIndx = np.arange(len(Data))
        np.random.shuffle(randIndx)
        Data = Data[randIndx] / 255.0
        Target = Target[randIndx]
    return Data[:10000], Target[:10000], Data[10000:16000], Target[10000:16000]


def relu(x):
    x = np.maximum(x, 0)
    return x


def softmax(x):
    x = x - np.max(x, axis=1).reshape(-1, 1)
    return np.exp(x) / np.sum(np.exp(x), axis=1).reshape(-1, 1)


def computeLayer(X, W, b):
    return np.matmul(X, W) + b


def averageCE(target, prediction):
    return -np.mean(np.sum(target * np.log(prediction + 1e-12), axis=1))


def gradCE(target, prediction):
    # prediction are the logits, as in the lecture
    return (softmax(prediction) - target) / target.shape[0]


def forward_prop(X, W_h, b_h, W_o, b_o):
    S_h = computeLayer(X, W_h, b_h)
    X_h = relu(S_h)
    S_o = computeLayer(X_h, W_o, b_o)
    return S_h, X_h, S_o, softmax(S_o)


def backward_prop(X, target, W_h, b_h, W_o, b_o):
    S_h, X_h, S_o, Y = forward_prop(X, W_h, b_h, W_o, b_o)
    dS_o = gradCE(target, S_o)
    dW_o = np.matmul(X_h.T, dS_o)
    db_o = np.sum(dS_o, axis=0).reshape(1, -1)
    dX_h = np.matmul(dS_o, W_o.T)
    dS_h = np.where(S_h > 0, 1, 0) * dX_h
    dW_h = np.matmul(X.T, dS_h)
    db_h = np.sum(dS_h, axis=0).reshape(1, -1)
    return dW_h, db_h, dW_o, db_o


def train(trainData, trainTarget, validData, validTarget, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    np.random.seed(seed)
    N, D = trainData.shape
    C = trainTarget.shape[1]
    W_h = np.random.normal(0, np.sqrt(2 / (D + hidden)), (D, hidden))
    b_h = np.zeros((1, hidden))
    W_o = np.random.normal(0, np.sqrt(2 / (hidden + C)), (hidden, C))
    b_o = np.zeros((1, C))
    V_Wh, V_bh, V_Wo, V_bo = 0 * W_h, 0 * b_h, 0 * W_o, 0 * b_o
    trainLoss = []
    for epoch in range(epochs):
        dW_h, db_h, dW_o, db_o = backward_prop(trainData, trainTarget, W_h, b_h, W_o, b_o)
        V_Wh = gamma * V_Wh + lr * dW_h
        V_bh = gamma * V_bh + lr * db_h
        V_Wo = gamma * V_Wo + lr * dW_o
        V_bo = gamma * V_bo + lr * db_o
        W_h -= V_Wh
        b_h -= V_bh
        W_o -= V_Wo
        b_o -= V_bo
        trainLoss.append(averageCE(trainTarget, forward_prop(trainData, W_h, b_h, W_o, b_o)[-1]))
    return {"w_h": W_h, "b_h": b_h, "w_o": W_o, "b_o": b_o}


def plot(loss):
    plt.figure()
    plt.plot(loss)
    plt.show()


trainData, trainTarget, validData, validTarget = loadData()
trainData = trainData.reshape(trainData.shape[0], -1)
weights = train(trainData, trainTarget, validData, validTarget, hidden=1000)
plt.plot(range(10))
print("done", weights)

if __name__ == "__main__":
    plot(weights)
    sys.exit(0)
