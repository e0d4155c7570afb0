"""Hooks of forks: none of what is imported inside the block, all of what comes after."""

import os

from grader.sandbox.inside.fork_hooks import left_out


def test_only_what_registers_inside_is_left_out() -> None:
    told: list[str] = []
    with left_out():
        os.register_at_fork(after_in_parent=lambda: told.append("inside"))
    os.register_at_fork(after_in_parent=lambda: told.append("after") if forking else None)

    forking = True
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    forking = False  # the hook stays for good

    assert told == ["after"]


def test_an_error_brings_them_back() -> None:
    original = os.register_at_fork
    try:
        with left_out():
            raise ValueError
    except ValueError:
        pass

    assert os.register_at_fork is original
