"""A message that colours terminals, turns text and ends strings."""


def attack():
    raise ValueError("\x1b[2J\0\u202e<script>alert(1)</script>\ud800\r\n")
