"""What modules of the standard library ask to be done after every fork, and a process of ours does not need.

`random` seeds itself anew, which every job does anyway; `threading` counts the threads that are left, of which there
was one. In a child that lives for milliseconds this touches 66 pages, and each is copied for it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def left_out() -> Iterator[None]:
    """Modules that are first imported here get no hook. Afterwards, and for students, all is as it was."""
    if not hasattr(os, "register_at_fork"):  # a system without fork
        yield
        return
    original = os.register_at_fork
    os.register_at_fork = lambda **_hooks: None
    try:
        yield
    finally:
        os.register_at_fork = original
