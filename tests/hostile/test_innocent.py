"""Correct student code meets none of the walls, and what is refused is refused as an ordinary exception.

Each file is loaded once at each level, and all its functions are called in one process: a wall that ends it shows.
"""

import ast
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, Loaded, Raised, Returned, Sandbox
from grader.upload import SourceFile, Upload
from reference.spec import Limits

INNOCENT = Path(__file__).parent / "innocent"
LIMITS = Limits(load_seconds=20.0, call_seconds=20.0)

REFUSALS = {
    "write_a_log": "PermissionError",
    "append_to_results": "PermissionError",
    "read_the_data": "FileNotFoundError",
    "load_the_data": "FileNotFoundError",
    "save_the_weights": "PermissionError",
    "make_a_folder": "PermissionError",
    "temporary_file": "FileNotFoundError",
    "start_a_thread": "RuntimeError",
    "pool_of_threads": "RuntimeError",
    "pool_of_processes": "PermissionError",
    "run_a_command": "PermissionError",
    "ask": "EOFError",
    "download": "URLError",
    "leave": "SystemExit",
    "exit_politely": "NameError",
    "plot": "ModuleNotFoundError",
    "recurse": "RecursionError",
}
"""What each function of refused.py raises."""


def _functions(file: str) -> list[str]:
    tree = ast.parse((INNOCENT / file).read_text("utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def _replies(sandbox: Sandbox, file: str) -> dict[str, Any]:
    source = (INNOCENT / file).read_text("utf-8")
    with sandbox.open(Upload((SourceFile(file, source),)), LIMITS) as session:
        assert isinstance(session.loaded, Loaded), session.loaded
        assert (session.loaded.skipped, session.loaded.stand_ins) == ((), ())
        names = _functions(file)
        replies = session.run([Call(name, seed=11) for name in names])
    return dict(zip(names, replies, strict=True))


def test_numerics_give_what_they_give_outside(sandbox: Sandbox) -> None:
    outside: dict[str, Callable[[], list[Any]]] = runpy.run_path(str(INNOCENT / "numerics.py"))
    options = np.get_printoptions()
    try:
        for name, reply in _replies(sandbox, "numerics.py").items():
            assert isinstance(reply, Returned), (name, reply)
            assert isinstance(reply.value, list)
            expected = outside[name]()
            assert len(reply.value) == len(expected)
            for got, right in zip(reply.value, expected, strict=True):
                np.testing.assert_allclose(np.asarray(got), right, rtol=1e-9, atol=1e-9, err_msg=name)
    finally:
        np.set_printoptions(**options)


def test_habits_work(sandbox: Sandbox) -> None:
    for name, reply in _replies(sandbox, "habits.py").items():
        assert isinstance(reply, Returned), (name, reply)
        assert reply.value is True, name


def test_refusals_are_exceptions_and_the_process_lives_on(sandbox: Sandbox) -> None:
    replies = _replies(sandbox, "refused.py")

    raised = {name: reply.type_name if isinstance(reply, Raised) else reply for name, reply in replies.items()}
    assert raised == REFUSALS


@pytest.mark.parametrize("file", sorted(path.name for path in INNOCENT.glob("*.py")))
def test_every_file_is_asked(file: str) -> None:
    assert file in {"numerics.py", "habits.py", "refused.py"}
    assert len(_functions(file)) > 5
