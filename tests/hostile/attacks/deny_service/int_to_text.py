"""Write an int of a million digits."""
import sys


def attack():
    sys.set_int_max_str_digits(0)
    return len(str(1 << (1 << 25)))
