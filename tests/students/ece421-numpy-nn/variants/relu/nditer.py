"""Style: an iterator over the operands."""
import numpy as np


def relu(x):
    with np.nditer([x, None], op_flags=[["readonly"], ["writeonly", "allocate"]]) as it:
        for entry, out in it:
            out[...] = entry if entry > 0 else 0.0
        return it.operands[1]
