"""Style: a network object."""
import numpy as np


class _forward_prop_network:
    def __init__(self, *weights):
        self.w_h, self.b_h, self.w_o, self.b_o = weights

    def run(self, x):
        self.z_h = compute_layer(x, self.w_h, self.b_h)
        self.a_h = relu(self.z_h)
        self.z_o = compute_layer(self.a_h, self.w_o, self.b_o)
        self.p = softmax(self.z_o)
        return self.z_h, self.a_h, self.z_o, self.p


def forward_prop(x, w_h, b_h, w_o, b_o):
    return _forward_prop_network(w_h, b_h, w_o, b_o).run(x)
