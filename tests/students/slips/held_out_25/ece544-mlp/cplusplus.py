import numpy as np

ACT_RELU = "relu"
ACT_SIGMOID = "sigmoid"
ACT_TANH = "tanh"


class Layer:
    """One layer: references to its weights, its input and its pre-activation."""

    w: np.ndarray
    b: np.ndarray
    a_in: np.ndarray
    z: np.ndarray

    def __init__(self, w, b):
        self.w = w
        self.b = b
        self.a_in = None
        self.z = None

    def run(self, a_in):
        self.a_in = a_in
        self.z = np.dot(a_in, self.w)
        self.z += np.reshape(self.b, (1, -1))
        return self.z


class Network:
    """The layers of one forward pass."""

    def __init__(self, params, act):
        self.act = act
        self.layers = []
        self.prob = None
        for i in range(len(params) // 2):
            self.layers.append(Layer(params["W%d" % (i + 1)], params["b%d" % (i + 1)]))

    def size(self):
        return len(self.layers)


def apply_act(z, act):
    if act == ACT_RELU:
        out = z.copy()
        out[out < 0.0] = 0.0
        return out
    if act == ACT_SIGMOID:
        return 0.5 * (1.0 + np.tanh(0.5 * z))
    return np.tanh(z)


def apply_act_derivative(delta, z, act):
    """delta (in/out): times the derivative of the activation at z."""
    a = apply_act(z, act)
    if act == ACT_RELU:
        delta[z <= 0.0] = 0.0
    elif act == ACT_SIGMOID:
        delta *= a
        delta *= 1.0 - a
    else:
        delta *= 1.0 - a * a


def softmax_in_place(buf):
    for n in range(len(buf)):
        buf[n] -= buf[n].max()
        np.exp(buf[n], out=buf[n])
        buf[n] /= buf[n].sum()


def forward(X, params, act):
    net = Network(params, act)
    a = X
    for i in range(net.size()):
        z = net.layers[i].run(a)
        if i + 1 < net.size():
            a = apply_act(z, act)
    net.prob = net.layers[net.size() - 1].z.copy()
    softmax_in_place(net.prob)
    return net.prob.copy(), net


def backward(cache, T):
    net = cache
    grads = {}
    delta = net.prob - T
    delta /= len(T)
    for i in range(net.size() - 1, -1, -1):
        layer = net.layers[i]
        gb = np.zeros((1, layer.w.shape[1]))
        for n in range(len(delta)):
            gb[0] += delta[n]
        grads["W%d" % (i + 1)] = np.dot(layer.a_in.T, delta)
        grads["b%d" % (i + 1)] = gb
        if i > 0:
            delta = np.dot(delta, layer.w.T)
            apply_act_derivative(delta, net.layers[i - 1].z, net.act)
    return grads


def predict(X, params, act):
    prob, _ = forward(X, params, act)
    out = np.zeros(len(prob), dtype=np.int64)
    for n in range(len(prob)):
        best = 0
        for k in range(1, prob.shape[1]):
            if prob[n, k] > prob[n, best]:
                best = k
        out[n] = best
    return out


def confusion_matrix(y, yhat, K):
    counts = np.zeros((K, K), dtype=np.int64)
    for n in range(len(y)):
        counts[y[n], yhat[n]] += 1
    return counts


def init_params(sizes, act, rng):
    params = {}
    for i in range(len(sizes) - 1):
        var = 2.0 / sizes[i] if act == ACT_RELU else 2.0 / (sizes[i] + sizes[i + 1])
        params["W%d" % (i + 1)] = rng.standard_normal((sizes[i], sizes[i + 1])) * var ** 0.5
        params["b%d" % (i + 1)] = np.zeros((1, sizes[i + 1]))
    return params


class MomentumSgd:
    def __init__(self, params, lr, momentum):
        self.lr = float(lr)
        self.momentum = float(momentum)
        self.vel = {}
        for key in params:
            self.vel[key] = np.zeros(params[key].shape)

    def update(self, params, grads):
        for key in params:
            self.vel[key] = self.momentum * self.vel[key] + self.lr * grads[key]
            params[key] -= self.vel[key]


def train(X, y, Xv, yv, hidden, act, rng, lr=0.1, momentum=0.9, batch_size=32, epochs=30):
    n_classes = int(max(np.max(y), np.max(yv))) + 1
    sizes = [X.shape[1]]
    if isinstance(hidden, (tuple, list)):
        for h in range(len(hidden)):
            sizes.append(int(hidden[h]))
    else:
        sizes.append(int(hidden))
    sizes.append(n_classes)
    T = np.zeros((len(y), n_classes))
    for n in range(len(y)):
        T[n, y[n]] = 1.0
    params = init_params(sizes, act, rng)
    sgd = MomentumSgd(params, lr, momentum)
    n_batches = (len(X) + batch_size - 1) // batch_size
    for epoch in range(epochs):
        perm = rng.permutation(len(X))
        for b in range(n_batches):
            rows = perm[b * batch_size:(b + 1) * batch_size]
            _, net = forward(X[rows], params, act)
            sgd.update(params, backward(net, T[rows]))
    return params
