"""Take every built-in function away."""
import builtins


def attack():
    vars(builtins).clear()
    return 1.0
