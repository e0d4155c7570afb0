"""Scripts with a notebook's lines in them are read; what is Python stays Python."""

import ast

import pytest

from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.magics import parse_script
from grader.sandbox.inside.outline_answer import answer
from grader.sandbox.inside.wire import Loaded

EXPORT = """!pip install torch \\
  --quiet
%matplotlib inline
import numpy as np
if True:
    !ls
def relu(x):
    return np.maximum(x, 0)
?relu
relu?
files = !ls /content
_ = %who_ls
"""


def read(source: str) -> tuple[ast.Module, list[tuple[int, str]]]:
    said: list[tuple[int, str]] = []
    return parse_script(source, "a.py", lambda number, line: said.append((number, line))), said


def test_an_export_is_read_without_its_magics_on_the_lines_it_has() -> None:
    tree, said = read(EXPORT)

    assert [number for number, _ in said] == [1, 2, 3, 6, 9, 10, 11, 12]
    assert said[0] == (1, "!pip install torch \\")
    (function,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    assert (function.name, function.lineno) == ("relu", 7)


def test_loading_and_its_outline_say_what_is_left_out() -> None:
    loaded = Loader([("export12.py", EXPORT)]).load()

    assert isinstance(loaded, Loaded)
    assert [found.name for found in loaded.definitions] == ["relu"]
    assert loaded.skipped[2] == (3, 3, "%matplotlib inline")
    assert [tuple(one) for one in answer([("export12.py", EXPORT)])["skipped"]] == list(loaded.skipped)


@pytest.mark.parametrize(
    "source",
    ['x = (7\n%len("ab")\n)\n', 'said = """\n!pip install\n%cd x\n"""\n', "x = 1\n", "a = (1\n!= 2)\n"],
)
def test_what_parses_is_left_as_it_is(source: str) -> None:
    tree, said = read(source)

    assert said == []
    assert ast.dump(tree) == ast.dump(ast.parse(source))


def test_a_text_that_has_such_a_line_in_it_stays_as_it_is() -> None:
    tree, said = read('!pip install x\n"""Run it with:\n!python work.py"""\ndef f():\n    """\n    %timeit f()"""\n')

    assert said == [(1, "!pip install x")]
    assert isinstance(tree.body[-1], ast.FunctionDef)
    assert ast.get_docstring(tree.body[-1], clean=False) == "\n    %timeit f()"


def test_what_is_wrong_besides_is_told_where_it_is() -> None:
    with pytest.raises(SyntaxError) as raised:
        read("!pip install x\ndef f(:\n    pass\n")
    assert raised.value.lineno == 2
    with pytest.raises(SyntaxError) as raised:
        read("def f(:\n    pass\n")
    assert raised.value.lineno == 1
