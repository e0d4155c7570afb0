"""Raise what closes generators."""


def attack():
    raise GeneratorExit
