#!/usr/bin/env -S python3 -u
"""usage: c05.py [--hidden 64] [--lr .1] [--gamma .9] [--epochs 200]"""
import argparse
import json
import sys
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import numpy as np

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--hidden", type=int, default=64)
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--gamma", type=float, default=0.9)
parser.add_argument("--epochs", type=int, default=200)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--data", type=Path, default=Path("digits.npz"))
args, _unknown = parser.parse_known_args() if __name__ == "__main__" else parser.parse_known_args([])

config = dict(vars(args))
with suppress(OSError, ValueError):
    config.update(json.loads(Path(__file__).with_name("config.json").read_text()))
cfg = SimpleNamespace(**config)


def relu(x):
    return np.where(x > 0.0, x, 0.0)


def softmax(logits):
    z = logits - logits.max(axis=-1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)


def compute_layer(x, w, b):
    return np.dot(x, w) + b


def average_ce(target, prediction, eps=1e-12):
    return -np.mean(np.sum(target * np.log(np.fmax(prediction, eps)), axis=1))


def grad_ce(target, logits):
    return (softmax(logits) - target) / target.shape[0]


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(z_h)
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(z_o)


def backward_prop(x, target, w_h, b_h, w_o, b_o):
    z_h, a_h, z_o, p = forward_prop(x, w_h, b_h, w_o, b_o)
    d_o = grad_ce(target, z_o)
    d_h = np.dot(d_o, w_o.T)
    d_h[z_h <= 0] = 0
    return np.dot(x.T, d_h), d_h.sum(axis=0, keepdims=True), np.dot(a_h.T, d_o), d_o.sum(axis=0, keepdims=True)


def train(x, t, xv, tv, hidden=cfg.hidden, lr=cfg.lr, gamma=cfg.gamma, epochs=cfg.epochs, seed=cfg.seed):
    rng = np.random.default_rng(seed)
    draw = lambda i, o: rng.normal(scale=np.sqrt(2.0 / (i + o)), size=(i, o))
    weights = dict(w_h=draw(x.shape[1], hidden), b_h=np.zeros((1, hidden)), w_o=draw(hidden, t.shape[1]), b_o=np.zeros((1, t.shape[1])))
    velocity = dict.fromkeys(weights, 0.0)
    for _ in range(epochs):
        for name, g in zip(list(weights), backward_prop(x, t, *weights.values())):
            velocity[name] = gamma * velocity[name] + lr * g
            weights[name] = weights[name] - velocity[name]
    return weights


def main() -> int:
    data = np.load(args.data)
    w = train(data["x"], data["t"], data["xv"], data["tv"])
    print(average_ce(data["tv"], forward_prop(data["xv"], **w)[3]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
