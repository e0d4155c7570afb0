"""Mistake: multiplies the mask into the caller's array.
True: MUTATES_INPUT
"""
import numpy as np


def relu(x):
    x *= x > 0
    return x
