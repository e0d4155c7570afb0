"""Softmax classifier as a tiny lazy graph: nodes are functions that register under a name."""
import numpy as np

NODES = {}


def node(name, *needs):
    def register(fn):
        NODES[name] = {"fn": fn, "needs": needs}
        return fn

    return register


def make_resolver(**inputs):
    cache = dict(inputs)

    def get(name):
        if name in cache:
            return cache[name]
        if name not in NODES:
            raise KeyError(f"no node called {name!r}, have {sorted(NODES)}")
        spec = NODES[name]
        cache[name] = spec["fn"](*(get(need) for need in spec["needs"]))
        return cache[name]

    return get


@node("scores", "x", "w")
def _scores(x, w):
    raw = np.einsum("nd,dc->nc", x, w)
    return raw - raw.max(axis=1)[:, None]


@node("log_total", "scores")
def _log_total(scores):
    return np.log(np.sum(np.exp(scores), axis=1))[:, None]


@node("z", "scores", "log_total")
def _z(scores, log_total):
    return np.exp(scores - log_total)


@node("data_loss", "scores", "log_total", "t")
def _data_loss(scores, log_total, t):
    picked = np.einsum("nc,nc->n", t, scores - log_total)
    return -picked.mean()


@node("reg_loss", "w", "lam")
def _reg_loss(w, lam):
    return lam * np.vdot(w, w) / 2


@node("d_scores", "z", "t")
def _d_scores(z, t):
    return (z - t) / t.shape[0]


@node("d_w", "x", "d_scores", "w", "lam")
def _d_w(x, d_scores, w, lam):
    from_data = np.einsum("nd,nc->dc", x, d_scores)
    return from_data + lam * w


@node("loss", "data_loss", "reg_loss")
def _loss(data_loss, reg_loss):
    return data_loss + reg_loss


@node("prediction", "z")
def _prediction(z):
    ranking = np.argsort(-z, axis=1, kind="stable")
    return ranking[:, 0]


def softmax_classifier(W, input, label, lamda):
    get = make_resolver(w=W, x=input, t=label, lam=lamda)
    try:
        return get("loss"), get("d_w"), get("prediction")
    finally:
        del get
