"""Two-layer net as a dict of nodes. Each node has a forward and a backward handler, and leaves its values in a cache."""

import numpy as np

HANDLERS = {}
PARAMS = ("w_h", "b_h", "w_o", "b_o")


def handles(event):
    def decorate(fn):
        HANDLERS[event] = fn
        return fn

    return decorate


def emit(event, *payload):
    try:
        handler = HANDLERS[event]
    except KeyError:
        raise LookupError(f"nobody handles {event!r}") from None
    return handler(*payload)


@handles("relu:forward")
def relu(x):
    return np.maximum(x, 0.0)


@handles("relu:backward")
def relu_backward(upstream, z):
    return np.multiply(upstream, z > 0)


@handles("softmax:forward")
def softmax(logits):
    peak = logits.max(axis=1)[:, None]
    log_total = peak + np.log(np.exp(logits - peak).sum(axis=1)[:, None])
    return np.exp(logits - log_total)


@handles("dense:forward")
def compute_layer(x, w, b):
    return np.add(np.dot(x, w), b)


@handles("dense:backward")
def dense_backward(upstream, x, w):
    return {"w": x.T.dot(upstream), "b": upstream.sum(0, keepdims=True), "x": upstream.dot(w.T)}


def average_ce(target, prediction):
    hit = target == 1
    return float(np.mean(-np.log(prediction[hit])))


def grad_ce(target, logits):
    count = len(logits)
    return np.divide(softmax(logits) - target, count)


def make_graph(params):
    """Nodes in the order of the forward pass; a node takes the output of the one before it."""
    return [
        {"kind": "dense", "out": "z_h", "w": "w_h", "b": "b_h"},
        {"kind": "relu", "out": "a_h"},
        {"kind": "dense", "out": "z_o", "w": "w_o", "b": "b_o"},
    ], dict(params)


def forward_graph(x, graph, params):
    cache = {"input": x}
    current = "input"
    for node in graph:
        node_in = cache[current]
        cache[f"in:{node['out']}"] = node_in
        extra = [params[node[key]] for key in "wb" if key in node]
        cache[node["out"]] = emit(f"{node['kind']}:forward", node_in, *extra)
        current = node["out"]
    cache["p"] = softmax(cache[current])
    return cache


def forward_prop(x, w_h, b_h, w_o, b_o):
    graph, params = make_graph(zip(PARAMS, (w_h, b_h, w_o, b_o)))
    cache = forward_graph(x, graph, params)
    return tuple(cache[name] for name in ("z_h", "a_h", "z_o", "p"))


def backward_graph(target, graph, params, cache):
    grads = {}
    upstream = grad_ce(target, cache["z_o"])
    for node in reversed(graph):
        node_in = cache[f"in:{node['out']}"]
        if node["kind"] == "dense":
            local = emit("dense:backward", upstream, node_in, params[node["w"]])
            grads[node["w"]], grads[node["b"]] = local["w"], local["b"]
            upstream = local["x"]
        else:
            upstream = emit(f"{node['kind']}:backward", upstream, node_in)
    return grads


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    graph, params = make_graph(zip(PARAMS, (w_h, b_h, w_o, b_o)))
    grads = backward_graph(target, graph, params, forward_graph(x, graph, params))
    return tuple(grads[name] for name in PARAMS)


def momentum(lr, gamma):
    memory = {}

    def step(name, value, grad):
        memory[name] = gamma * memory.get(name, 0.0) + lr * grad
        return value - memory[name]

    return step


def init(seed, *widths):
    rng = np.random.default_rng(seed)
    params = {}
    for suffix, fan_in, fan_out in zip("ho", widths, widths[1:]):
        std = np.sqrt(2 / (fan_in + fan_out))
        params[f"w_{suffix}"] = std * rng.standard_normal((fan_in, fan_out))
        params[f"b_{suffix}"] = np.zeros((1, fan_out))
    return params


def train(x, t, xv, tv, hidden=64, lr=0.1, gamma=0.9, epochs=200, seed=0):
    params = init(seed, x.shape[1], hidden, t.shape[1])
    step = momentum(lr, gamma)
    for _ in range(epochs):
        graph, snapshot = make_graph(params)
        cache = forward_graph(x, graph, snapshot)
        grads = backward_graph(t, graph, snapshot, cache)
        params = {name: step(name, params[name], grads[name]) for name in params}
    return params
