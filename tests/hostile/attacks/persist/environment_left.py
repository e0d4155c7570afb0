"""Leave names in the environment and modules in the table for the next submission."""
import os
import sys

import numpy as np


def attack():
    os.environ["PYTHONPATH"] = "/tmp"
    os.environ["OPENBLAS_NUM_THREADS"] = "8"
    sys.modules["left"] = sys
    np.left = True
    np.random.seed = lambda *arguments: None
    return 1.0
