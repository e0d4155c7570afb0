"""A module that answers to every name."""


def __getattr__(name):
    return lambda *arguments: 1.0
