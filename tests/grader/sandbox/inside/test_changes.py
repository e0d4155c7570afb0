"""Which changes there are of an expression and of a statement, made in a syntax tree and undone again."""

import ast

import pytest

from grader.one_change.words import EARLIER, described
from grader.one_change.words import KINDS as WORDS
from grader.sandbox.inside.change import KINDS
from grader.sandbox.inside.workbench import Parsed, Workbench


def _made(source: str, most: int = 20_000) -> set[str]:
    """The texts that one change makes of a function; each leaves the tree as it was."""
    tree = ast.parse(source)
    namespace: dict[str, object] = {}
    exec(source, namespace)
    bench = Workbench([Parsed(namespace, "student.py", tree.body)])
    texts = set()
    before = ast.dump(tree)
    for _definition, change in _listed(bench, most):
        back = change.exchange()
        texts.add(ast.unparse(tree))
        back.exchange()
        assert ast.dump(tree) == before
    return texts


def _listed(bench: Workbench, most: int):  # type: ignore[no-untyped-def]  # its entries are private to the workbench
    bench.prepare(["f"], [], most)
    return bench._changes


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("return a - b", "return a + b"),
        ("return a * b", "return a @ b"),
        ("return a @ b", "return a.T @ b"),
        ("return a.T", "return a"),
        ("return a / (b + c)", "return a / b + c"),
        ("return a - b / c", "return (a - b) / c"),
        ("return f(a, b + c)", "return f(a, b) + c"),
        ("return f(a, b) + c", "return f(a, b + c)"),
        ("return f(max(a), b=c)", "return max(f(a, b=c))"),
        ("return a - b", "return b - a"),
        ("return a + b", "return a"),
        ("return -a", "return a"),
        ("return a", "return -a"),
        ("return a", "return b"),
        ("return a > b", "return a >= b"),
        ("return a and b", "return a or b"),
        ("return not a", "return a"),
        ("return a if b else c", "return c if b else a"),
        ("return a.sum(axis=1)", "return a.sum(axis=0)"),
        ("return a.sum(axis=1)", "return a.sum()"),
        ("return a.sum()", "return a.sum(axis=0)"),
        ("return a.sum(axis=1)", "return a.sum(axis=1, keepdims=True)"),
        ("return a.sum()", "return a.mean()"),
        ("return max(a, b)", "return min(a, b)"),
        ("return f(b, a)", "return f(a, b)"),
        ("return f(a)", "return a"),
        ("return a / 10", "return a / b"),
        ("return a / 10", "return a / a.shape[0]"),
        ("return a * 2", "return a * 0.5"),
        ("return a", "return a / a.shape[0]"),
        ("return a", "return a * b"),
        ("return a", "return a * (1 - a)"),
        ("return a[b]", "return a[b, c]"),
        ("return a[b]", "return a[:, b]"),
        ("return a[b, c]", "return a[b]"),
        ("return a[b]", "return a[b + 1]"),
        ("return a[1:]", "return a[:]"),
        ("return a[:]", "return a[:-1]"),
        ("return True", "return False"),
        ("return a, b", "return b, a"),
        ("for i in range(c):\n        a = i", "for i in range(1, c):\n        a = i"),
        ("for i in range(1, c):\n        a = i", "for i in range(0, c):\n        a = i"),
        ("for i in range(c):\n        a = i", "for i in range(0, c - 1):\n        a = i"),
        ("a = b\n    return a", "a = b.copy()\n    return a"),
        ("a = b\n    return a", "a += b\n    return a"),
        ("a += b\n    return a", "a = b\n    return a"),
        ("a += b\n    return a", "a -= b\n    return a"),
        ("a = b\n    c = a\n    return c", "c = a\n    a = b\n    return c"),
        ("a = b\n    c = a\n    return c", "a = b\n    a = a\n    return c"),
        ("a = b\n    a = c\n    return a", "pass\n    a = c\n    return a"),
        ("a, b = c\n    return a", "b, a = c\n    return a"),
        ("for i in b:\n        a = i\n        return a", "for i in b:\n        a = i\n    return a"),
        ("for i in b:\n        a = 0\n        a += i", "a = 0\n    for i in b:\n        a += i"),
        ("for i in b:\n        a = i\n    c = a", "for i in b:\n        a = i\n        c = a"),
        ("a = 0\n    for i in b:\n        c = i", "for i in b:\n        a = 0\n        c = i"),
        ("if a:\n        c = 1\n    return c", "c = 1\n    return c"),
    ],
)
def test_the_right_code_is_one_change_away(wrong: str, right: str) -> None:
    assert ast.unparse(ast.parse(f"def f(a, b, c):\n    {right}\n")) in _made(f"def f(a, b, c):\n    {wrong}\n")


def test_texts_imports_and_docstrings_are_left_alone() -> None:
    source = 'def f(a):\n    """Words."""\n    print(f"{a}")\n    return a\n'

    assert all("Words." in text and "f'{a}'" in text for text in _made(source))


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(WORDS)


def test_a_kind_of_an_earlier_report_has_its_words_still() -> None:
    assert not set(EARLIER) & set(KINDS)
    assert all(described(kind) for kind in EARLIER)
    assert described("of another day") == ""


@pytest.mark.parametrize(
    ("wrong", "right", "kind"),
    [
        ("return f(a, dtype=b)", "return f(a)", "dtype"),
        ("return f(a, mode=b)", "return f(a)", "keyword"),
        ("return f(a, b)", "return f(b, a)", "swapped"),
        ("return a - b", "return b - a", "sides"),
        ("a[b] = 0\n    return a", "pass\n    return a", "omission"),
        ("a += b\n    return a", "a += b\n    a += b\n    return a", "repetition"),
        ("return a", "return np.sum(a)", "reduction"),
        ("return a", "return np.square(a)", "curve"),
        ("return a", "return 1 - a", "complement"),
    ],
)
def test_a_change_is_told_as_what_it_is(wrong: str, right: str, kind: str) -> None:
    source, after = (f"import numpy as np\n\ndef f(a, b, c):\n    {body}\n" for body in (wrong, right))
    tree = ast.parse(source)
    namespace: dict[str, object] = {}
    exec(source, namespace)
    found = set()
    for _definition, change in _listed(Workbench([Parsed(namespace, "student.py", tree.body)]), 20_000):
        back = change.exchange()
        if ast.unparse(tree) == ast.unparse(ast.parse(after)):
            found.add(change.kind)
        back.exchange()

    assert found == {kind}


def test_to_add_zero_is_no_change_of_its_own() -> None:
    assert not any("+= 0" in text for text in _made("def f(a, b, c):\n    a[b] = 0\n    return a\n"))
