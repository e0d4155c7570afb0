#!/cluster/apps/python/3.11/bin/python -u
#SBATCH --job-name=two_layer
#SBATCH --gres=gpu:0
#SBATCH --time=00:30:00
#SBATCH --output=slurm-%j.out
import os

os.environ["OMP_NUM_THREADS"] = os.environ.get("SLURM_CPUS_PER_TASK", "1")
os.environ.setdefault("MPLBACKEND", "Agg")

import atexit
import faulthandler
import signal
import sys
import time
import warnings

import numpy as np

faulthandler.enable()
np.seterr(over="raise", divide="raise", invalid="raise")
warnings.filterwarnings("error", category=RuntimeWarning)
sys.stdout.reconfigure(line_buffering=True)
np.random.seed(int(os.environ.get("SLURM_ARRAY_TASK_ID", 0)))

START = time.time()
atexit.register(lambda: print(f"{time.time() - START:.1f} s", file=sys.stderr))
signal.signal(signal.SIGTERM, lambda *_: sys.exit("out of time"))


class TwoLayerNet:
    W1 = property(lambda self: self.params["W1"])
    b1 = property(lambda self: self.params["b1"])
    W2 = property(lambda self: self.params["W2"])
    b2 = property(lambda self: self.params["b2"])

    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        shapes = {"W1": (input_size, hidden_size), "b1": (hidden_size,), "W2": (hidden_size, output_size), "b2": (output_size,)}
        self.params = {k: std * np.random.randn(*s) if k[0] == "W" else np.zeros(s) for k, s in shapes.items()}

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{k}: {v.shape}' for k, v in self.params.items())})"

    def loss(self, X, y=None, reg=0.0):
        z1 = X @ self.W1 + self.b1
        a1 = np.maximum(z1, 0)
        scores = a1 @ self.W2 + self.b2
        if y is None:
            return scores

        def reg_loss():
            return reg * (np.sum(self.W1**2) + np.sum(self.W2**2))

        top = scores.max(axis=1)
        lse = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        delta2 = np.exp(scores - lse[:, None])
        delta2[np.arange(len(y)), y] -= 1
        delta2 /= len(y)
        delta1 = delta2 @ self.W2.T
        delta1[z1 <= 0] = 0
        return np.mean(lse - scores[np.arange(len(y)), y]) + reg_loss(), {
            "W1": X.T @ delta1 + 2 * reg * self.W1,
            "b1": delta1.sum(axis=0),
            "W2": a1.T @ delta2 + 2 * reg * self.W2,
            "b2": delta2.sum(axis=0),
        }

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        per_epoch, losses, accs = max(len(X) // batch_size, 1), [], {"train": [], "val": []}

        def batches():
            while True:
                rows = np.random.choice(len(X), size=batch_size)
                yield X[rows], y[rows]

        for it, (xb, yb) in zip(range(num_iters), batches()):
            value, grads = self.loss(xb, yb, reg)
            losses.append(value)
            for key, g in grads.items():
                self.params[key] = self.params[key] - learning_rate * g
            if it % per_epoch == per_epoch - 1:
                accs["train"].append(np.mean(self.predict(xb) == yb))
                accs["val"].append(np.mean(self.predict(X_val) == y_val))
                learning_rate *= learning_rate_decay
        return {"loss_history": losses, **{f"{k}_acc_history": v for k, v in accs.items()}}

    def predict(self, X):
        return self.loss(X).argmax(axis=1)


if "SLURM_JOB_ID" in os.environ:
    data = np.load(os.path.expandvars("$SCRATCH/digits.npz"))
    net = TwoLayerNet(64, 32, 10, std=1e-1)
    print(net, net.train(data["X"], data["y"], data["Xv"], data["yv"], 0.2, 0.98, 1e-4, 1000, 50)["val_acc_history"][-1])
