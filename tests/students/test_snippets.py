"""What a snippet on disk must be, so that any of them make one file."""

import ast
from pathlib import Path

import pytest

from grader.phrases import SENTENCES
from reference.catalog import Catalog
from tests.students.snippets import STUDENTS, Snippet, of_source, read, snippets

SLUGS = [path.name for path in STUDENTS.iterdir() if (path / "variants").is_dir()]
FEWEST_VARIANTS = {"ece421-numpy-nn": 150}  # where mutants and pairs are drawn from them too
FEWEST_OF_OTHERS = 10


@pytest.fixture(params=SLUGS)
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _all(slug: str) -> list[Snippet]:
    families = sorted((STUDENTS / slug / "bugs").glob("*"))
    return [snippet for folder in [STUDENTS / slug / "variants", *families] for snippet in snippets(folder)]


def test_there_are_many_right_implementations(slug: str) -> None:
    variants = snippets(STUDENTS / slug / "variants")
    functions = {function.definition.partition(".")[0] for function in Catalog.builtin().get(slug).assignment.functions}

    assert len(variants) >= FEWEST_VARIANTS.get(slug, FEWEST_OF_OTHERS)
    assert {snippet.function for snippet in variants} == functions
    assert all(snippet.truths == () for snippet in variants)


def test_a_snippet_defines_its_function_and_helpers_of_that_name_only(slug: str) -> None:
    for snippet in _all(slug):
        defined = set()
        for node in ast.parse(snippet.source).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.Assign):
                defined |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            else:
                assert isinstance(node, ast.Import | ast.ImportFrom | ast.Expr), snippet.key
        assert snippet.function in defined
        assert all(name.startswith(f"_{snippet.function}") for name in defined - {snippet.function}), snippet.key


def test_a_mistake_says_which_codes_are_true_of_it(slug: str) -> None:
    for folder in (STUDENTS / slug / "bugs").glob("*"):
        for snippet in snippets(folder):
            assert snippet.truths, snippet.key
            assert all(truth <= set(SENTENCES) - {"UNKNOWN"} for truth in snippet.truths), snippet.key


def test_a_docstring_is_read(tmp_path: Path) -> None:
    path = tmp_path / "relu" / "odd.py"
    path.parent.mkdir()
    path.write_text('"""Mistakes: two.\nTrue: SIGN, FACTOR\nTrue: -\nReturns: lists\n"""\ndef relu(x): return 1\n')
    snippet = read(path)

    assert snippet.key == "relu/odd"
    assert snippet.truths == (frozenset({"SIGN", "FACTOR"}), frozenset())
    assert (snippet.returns, snippet.columns) == ("lists", False)


def test_what_returns_lists_fits_those_who_convert_them() -> None:
    lists = Snippet("relu", "lists", "", returns="lists")

    assert lists.fits(Snippet("softmax", "a", "np.exp(z)"))
    assert lists.fits(Snippet("forward_prop", "b", "np.asarray(relu(z))"))
    assert not lists.fits(Snippet("forward_prop", "c", "relu(z)"))
    assert not lists.fits(Snippet("softmax", "d", "np.exp(z)", columns=True))


def test_a_whole_file_comes_apart() -> None:
    parts = of_source("import numpy as np\ndef f(x):\n    return x\ndef g(x):\n    return f(x)\n", ("f", "g"))

    assert parts["f"].source == "import numpy as np\n\n\ndef f(x):\n    return x\n"
    assert parts["g"].source == "def g(x):\n    return f(x)\n"
