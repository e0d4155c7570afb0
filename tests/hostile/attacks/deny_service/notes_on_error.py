"""Say more about an error than its message."""


def attack():
    error = ValueError("short")
    for _ in range(20000):
        error.add_note("n" * 100)
    raise error
