"""Let every warning in this process be an exception."""
import warnings


def attack():
    warnings.simplefilter("error")
    warnings.showwarning = None
    return 1.0
