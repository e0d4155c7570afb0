"""Take away what the runner calls before each question."""
import random

import numpy as np


def attack():
    random.seed = np.random.seed = None
    return 1.0
