"""An exception as data, whatever the code that raised it says of itself."""

import sys

import pytest

from grader.sandbox.inside.faults import raised, syntax_error

FILE = "work.py"


def _raised_by(source: str) -> BaseException:
    namespace: dict[str, object] = {}
    with pytest.raises(ValueError, match="boom") as caught:
        exec(compile(source, FILE, "exec"), namespace)
    return caught.value


def test_the_line_of_the_file_is_told() -> None:
    found = raised(_raised_by("def f():\n    raise ValueError('boom')\nf()\n"), {FILE}, FILE)
    assert (found.type_name, found.message, found.line) == ("ValueError", "boom", 2)
    assert found.trace == ("work.py:3 in <module>", "work.py:2 in f")


@pytest.mark.parametrize("first", [2**31 - 1, 2**31 - 2])
def test_of_code_with_a_forged_first_line_the_exception_is_told_all_the_same(first: int) -> None:
    forged = f"f.__code__ = f.__code__.replace(co_firstlineno={first})\n"
    found = raised(_raised_by(f"def f():\n    raise ValueError('boom')\n{forged}f()\n"), {FILE}, FILE)

    assert (found.type_name, found.message, found.line) == ("ValueError", "boom", 0)


@pytest.mark.parametrize("line", ["def first[T](x): pass", "class Layer[T]: pass", "type Matrix = list"])
@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads them")
def test_syntax_of_a_newer_python_is_named(line: str) -> None:
    with pytest.raises(SyntaxError) as error:
        compile(f"x = 1\n{line}\n", "work.py", "exec")

    said = syntax_error(error.value, f"x = 1\n{line}\n").message
    assert said.endswith(f"this is Python 3.12, and your code is run by Python 3.{sys.version_info.minor}")
