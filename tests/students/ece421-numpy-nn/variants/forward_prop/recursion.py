"""Style: recursion over the layers."""
import numpy as np


def forward_prop(x, w_h, b_h, w_o, b_o):
    def down(a, layers):
        if not layers:
            return ()
        (w, b, f), *rest = layers
        z = compute_layer(a, w, b)
        out = f(z)
        return (z, out, *down(out, rest))

    return down(x, [(w_h, b_h, relu), (w_o, b_o, softmax)])
