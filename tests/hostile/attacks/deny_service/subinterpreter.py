"""Start another interpreter inside this one and loop in it."""


def attack():
    try:
        import _xxsubinterpreters as interpreters
    except ImportError as error:  # its machine code was not loaded before the walls
        raise ImportError("refused") from error
    interpreters.run_string(interpreters.create(), "while True: pass")
