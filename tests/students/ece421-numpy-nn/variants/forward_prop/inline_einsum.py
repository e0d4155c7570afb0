"""Style: einsum, calls softmax only."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    z_h = np.einsum("nd,dh->nh", x, w_h) + b_h
    a_h = np.where(z_h > 0, z_h, 0)
    z_o = np.einsum("nh,hk->nk", a_h, w_o) + b_o
    return z_h, a_h, z_o, softmax(z_o)
