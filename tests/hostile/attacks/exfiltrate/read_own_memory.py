"""Read the interpreter's own memory as a file, where right answers might lie."""


def attack():
    return open("/proc/self/mem", "rb").read(1)
