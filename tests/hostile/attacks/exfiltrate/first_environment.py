"""Look at the environment as it was when the interpreter began."""
import posix


def attack():
    return {name.decode(): value.decode() for name, value in posix.environ.items()}
