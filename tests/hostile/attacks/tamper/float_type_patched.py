"""Reach into the dictionary of a built-in type and let numbers write themselves."""
import gc


def attack():
    gc.get_referents(vars(float))[0]["hex"] = lambda value: "0x1.0p+9999999"
    return 1.0
