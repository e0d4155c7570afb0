"""Read how the machine keeps the memory of crashed programs."""


def attack():
    return open("/proc/sys/kernel/core_pattern").read()
