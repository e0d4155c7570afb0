"""What is read of a file without parsing it is what the loader parses of it: no line hides what follows."""

import ast
import time
from pathlib import Path

import pytest

import grader
from grader.literals import pieces, without_comments
from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.magics import without_magics

MARK = "MARK = 1j\n"


def seen(text: str) -> list[int]:
    """The lines on which the mark is seen outside of comments."""
    return [
        first + number
        for first, piece in pieces(text)
        for number, line in enumerate(without_comments(piece).split("\n"))
        if line.strip() == MARK.strip()
    ]


@pytest.mark.parametrize(
    "hiding",
    [
        '!echo """\n',
        '\N{ZERO WIDTH NO-BREAK SPACE}!echo """\n',
        "%cd '''\n",
        "files = !ls '''\n",
        '!echo \\\n  """ \\\n """\n',
        'said = """\n!echo """ \\\n\n!ls """\n',
        "if 1: \\\n  %cd '''\n",
        "if 1: \\\n  !cd '''\n",
        "!ls (\n%cd '''\n",
        "x = '''\n!ls '''\n!ls '''\n",
        'x = 7 \\\n  % len("ab")\n!ls """\n',
        'x = (7\n  %len("ab"))\n!ls """\n',
        '# cell 1\nx = """ \\\n# cell 2\n',
        "# cell 1\nx = (\n# cell 2\n%cd '''\n# cell 3\n",
        "# cell 1\nx = '\\\n# cell 2\n'''\n# cell 3\n",
    ],
)
def test_what_is_loaded_is_seen(hiding: str) -> None:
    loader = Loader([("hidden.py", hiding + MARK)])
    loader.load()

    assert loader.namespace["MARK"] == 1j
    assert seen(hiding + MARK)[0] == hiding.count("\n") + 1


@pytest.mark.parametrize(
    "text",
    ['x = """\n!echo """\ny = "\n"""\n', 'x = """ \\\n%cd""" % ()\ny = """\n"""\n', "x = (7\n  %y '''\n'''\n)\n"],
)
def test_what_is_a_string_to_python_is_one(text: str) -> None:
    assert list(pieces(text)) == [(1, text)]


def test_what_parses_is_read_as_it_is() -> None:
    for path in sorted(Path(grader.__file__).parent.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        ast.parse(text)
        assert without_magics(text) == (text, {}), path
        assert list(pieces(text)) == [(1, text)], path


def test_the_time_is_linear() -> None:
    began = time.process_time()
    for said in ("!ls\n", "(\n%a\n", "a=" * 9, "a ", " ", "\\\n", "%a\\\n", "# cell 1\n'''\n", "a?", "\n"):
        text = "!ls\n" + said * (300_000 // len(said))
        assert sum(len(piece) for _line, piece in pieces(text)) >= len(text)
    assert time.process_time() - began < 8.0  # a second and a half
