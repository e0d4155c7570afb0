"""Read the accounts of the machine."""


def attack():
    return open("/etc/passwd").read()
