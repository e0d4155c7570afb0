# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.16.1
#   kernelspec:
#     display_name: Python 3
#     name: python3
# ---

# %% [markdown]
# # Two-layer net 🧠
# **Name:** Żaneta Kowalczyk &nbsp; **SUNetID:** zkow

# %%
# %matplotlib inline
# %load_ext autoreload
from dataclasses import dataclass, field, InitVar
from pathlib import Path
import numpy as np
import matplotlib.pyplot as plt

plt.rcParams["figure.figsize"] = 10, 8
np.random.seed(231)

# %%
who = input("Your name for the plot titles: ")
epochs = int(input("how many epochs? ") or 10)

# %%
HERE = Path(__file__).parent
train_data = np.load(HERE / "datasets" / "digits.npz")
X_train, y_train = train_data["X"][:1000], train_data["y"][:1000]
X_val, y_val = train_data["X"][1000:], train_data["y"][1000:]
print(X_train.shape, y_train.shape)

# %% tags=["work"]
@dataclass
class TwoLayerNet:
    input_size: InitVar[int]
    hidden_size: InitVar[int]
    output_size: InitVar[int]
    std: InitVar[float] = 1e-4
    params: dict = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self, input_size, hidden_size, output_size, std):
        self.params.update(
            W1=std * np.random.randn(input_size, hidden_size), b1=np.zeros(hidden_size),
            W2=std * np.random.randn(hidden_size, output_size), b2=np.zeros(output_size),
        )

    # %% forward and backward, cell by cell while I was writing it
    def loss(self, X, y=None, reg=0.0):
        W1, b1, W2, b2 = map(self.params.get, ("W1", "b1", "W2", "b2"))
        pre = X @ W1 + b1
        act = np.where(pre > 0, pre, 0)
        scores = act @ W2 + b2
        if y is None:
            return scores
        n = X.shape[0]
        top = scores.max(1, keepdims=True)
        lse = top + np.log(np.exp(scores - top).sum(1, keepdims=True))
        loss = np.mean(lse - np.take_along_axis(scores, y[:, None], axis=1)) + reg * ((W1**2).sum() + (W2**2).sum())
        d = np.exp(scores - lse)
        np.subtract.at(d, (np.arange(n), y), 1)
        d /= n
        dh = np.where(pre > 0, d @ W2.T, 0)
        return loss, {"W1": X.T @ dh + 2 * reg * W1, "b1": dh.sum(0), "W2": act.T @ d + 2 * reg * W2, "b2": d.sum(0)}

    # %%
    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6,
              num_iters=100, batch_size=200, verbose=False):
        out = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        per_epoch = max(X.shape[0] // batch_size, 1)
        for i in range(num_iters):
            pick = np.random.choice(X.shape[0], batch_size, replace=True)
            l, g = self.loss(X[pick], y[pick], reg=reg)
            out["loss_history"].append(l)
            for k, v in g.items():
                self.params[k] = self.params[k] - learning_rate * v
            if (i + 1) % per_epoch == 0:
                out["train_acc_history"].append((self.predict(X[pick]) == y[pick]).mean())
                out["val_acc_history"].append((self.predict(X_val) == y_val).mean())
                learning_rate *= learning_rate_decay
        return out

    def predict(self, X):
        return self.loss(X).argmax(1)

# %% [markdown]
# ## Training

# %%
net = TwoLayerNet(64, 50, 10)
stats = net.train(X_train, y_train, X_val, y_val, num_iters=1000, verbose=True)
for step, l in enumerate(stats["loss_history"]):
    print(f"{who}: step {step:5d} loss {l:.6f}")

# %%
plt.subplot(2, 1, 1)
plt.plot(stats["loss_history"]);
plt.title(f"Loss history ({who})");
plt.show()
