"""Raise what ends programs."""


def attack():
    raise SystemExit(0)
