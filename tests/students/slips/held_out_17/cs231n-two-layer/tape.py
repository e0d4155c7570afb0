"""The derivatives are by hand, but one operation at a time: every operation writes on a tape how a gradient goes back
through it, and the loss plays the tape backwards. The class itself only says what is computed.
"""

import numpy as np


class Tape:
    """Values get slots; entries are (slot of the result, [(slot of an operand, pullback), ...])."""

    def __init__(self):
        self.values, self.entries = [], []

    def put(self, value, *sources):
        self.values.append(value)
        self.entries.append(sources)
        return len(self.values) - 1

    def __getitem__(self, slot):
        return self.values[slot]

    # operations -------------------------------------------------------------------------------------------------
    def matmul(self, i, j):
        a, b = self[i], self[j]
        return self.put(a @ b, (i, lambda g: g @ b.T), (j, lambda g: a.T @ g))

    def add_row(self, i, j):
        return self.put(self[i] + self[j], (i, lambda g: g), (j, lambda g: g.sum(axis=0)))

    def relu(self, i):
        x = self[i]
        return self.put(x.clip(min=0), (i, lambda g: g * (x > 0)))

    def cross_entropy(self, i, y):
        s = self[i]
        s = s - s.max(axis=1)[:, None]
        q = np.exp(s)
        total = q.sum(axis=1)
        rows = range(len(s))

        def back(g):
            p = q / total[:, None]
            p[rows, y] -= 1
            return g * p / len(p)

        return self.put((np.log(total) - s[rows, y]).mean(), (i, back))

    def squares(self, i):
        w = self[i]
        return self.put((w * w).sum(), (i, lambda g: 2 * g * w))

    def combine(self, *terms):
        """sum of factor * slot"""
        return self.put(
            sum(factor * self[i] for factor, i in terms),
            *((i, lambda g, factor=factor: factor * g) for factor, i in terms),
        )

    # backwards --------------------------------------------------------------------------------------------------
    def rewind(self, slot):
        gradients = {slot: 1.0}
        for result in range(slot, -1, -1):
            if result not in gradients:
                continue
            for source, pullback in self.entries[result]:
                gradients[source] = gradients.get(source, 0.0) + pullback(gradients[result])
        return gradients


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {
            "W1": std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }

    def record(self, X):
        tape = Tape()
        slot = {name: tape.put(value) for name, value in self.params.items()}
        hidden = tape.relu(tape.add_row(tape.matmul(tape.put(X), slot["W1"]), slot["b1"]))
        scores = tape.add_row(tape.matmul(hidden, slot["W2"]), slot["b2"])
        return tape, slot, scores

    def loss(self, X, y=None, reg=0.0):
        tape, slot, scores = self.record(X)
        if y is None:
            return tape[scores]
        data = tape.cross_entropy(scores, y)
        cost = tape.combine((1.0, data), (reg, tape.squares(slot["W1"])), (reg, tape.squares(slot["W2"])))
        gradients = tape.rewind(cost)
        return tape[cost], {name: gradients[i] for name, i in slot.items()}

    def train(self, X, y, X_val, y_val, learning_rate=1e-3, learning_rate_decay=0.95, reg=5e-6, num_iters=100, batch_size=200, verbose=False):
        history = {"loss_history": [], "train_acc_history": [], "val_acc_history": []}
        seen = 0
        for _ in range(num_iters):
            chosen = np.random.permutation(len(X))[:batch_size]
            cost, slope = self.loss(X[chosen], y[chosen], reg)
            history["loss_history"].append(cost)
            for name, g in slope.items():
                self.params[name] = self.params[name] - learning_rate * g
            seen += len(chosen)
            if seen >= len(X):  # one pass
                seen = 0
                learning_rate *= learning_rate_decay
                history["train_acc_history"].append(np.mean(self.predict(X) == y))
                history["val_acc_history"].append(np.mean(self.predict(X_val) == y_val))
        return history

    def predict(self, X):
        tape, _, scores = self.record(X)
        return np.argmax(tape[scores], axis=-1)
