"""A name that is shown as another."""


def upload():
    return "work\u202eyp.exe.py", b"x = 1"
