"""Style: defensive copies of every argument."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    x, w_h, b_h, w_o, b_o = map(np.copy, (x, w_h, b_h, w_o, b_o))
    z_h = compute_layer(x, w_h, b_h)
    a_h = relu(np.copy(z_h))
    z_o = compute_layer(a_h, w_o, b_o)
    return z_h, a_h, z_o, softmax(np.copy(z_o))
