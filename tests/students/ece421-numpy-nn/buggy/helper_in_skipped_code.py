import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf

if __name__ == "__main__":
    from scipy.special import softmax as scipy_softmax
    NUM = 10


def relu(x):
    return tf.nn.relu(x).numpy()


def softmax(x):
    return scipy_softmax(x, axis=1)


def compute_layer(x, w, b):
    return np.matmul(x, w) + b * 2


def average_ce(target, prediction):
    plt.plot(prediction)
    return -np.mean(np.sum(target * np.log(prediction + 1e-12), axis=1))


def grad_ce(target, logits):
    return target - logits
