"""Prints that colour terminals, turn text and end strings."""


def attack():
    print("\x1b[2J\x1b]0;title\x07\0\u202egnp.exe <script>alert(1)</script>")
    return 1.0
