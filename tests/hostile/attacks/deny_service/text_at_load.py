"""A plain constant that does not fit into memory."""
BIG = "x" * (1 << 40)


def attack():
    return 1.0
