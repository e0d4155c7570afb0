"""Changes are made where the student's names are, called, and undone; the likeliest come first."""

import ast
from types import ModuleType
from typing import Any

import pytest

from grader.sandbox.inside.workbench import Parsed, Workbench


def _loaded(source: str, file: str = "student.py", **names: Any) -> Parsed:
    module = ModuleType(file)
    module.__dict__.update(names)
    exec(source, module.__dict__)
    return Parsed(module.__dict__, file, ast.parse(source).body)


def _values(bench: Workbench, count: int, call: Any) -> list[Any]:
    values = []
    for number in range(count):
        bench.make(number)
        try:
            values.append(call())
        except Exception as error:  # a change may make nonsense
            values.append(type(error))
    bench.undo()
    return values


def test_a_change_is_seen_by_calls_and_undone() -> None:
    parsed = _loaded("def f(a, b):\n    return a - b\n")
    bench = Workbench([parsed])
    count = bench.prepare(["f"], [], 100)

    values = _values(bench, count, lambda: parsed.namespace["f"](5, 3))

    assert 8 in values
    assert parsed.namespace["f"](5, 3) == 2
    assert bench.describe(values.index(8)) == ("operator", 2, "a - b", "student.py")


def test_what_a_function_calls_is_changed_too_unless_it_is_right() -> None:
    source = "def g(a):\n    return a - 1\n\n\ndef f(a):\n    return g(a)\n"
    parsed = _loaded(source)
    bench = Workbench([parsed])

    count = bench.prepare(["f"], [], 500)
    values = _values(bench, count, lambda: parsed.namespace["f"](5))
    assert {bench.describe(number)[1] for number in range(count)} == {2, 6}
    assert 6 in values  # g with a + 1

    count = bench.prepare(["f"], ["g"], 500)
    assert {bench.describe(number)[1] for number in range(count)} == {6}


def test_the_function_itself_is_changed_though_another_part_found_it_right() -> None:
    bench = Workbench([_loaded("def f(a):\n    return a - 1\n")])

    assert bench.prepare(["f"], ["f"], 500) > 0


@pytest.mark.parametrize(
    "source",
    [
        "class Base:\n    def f(self, a):\n        return a - 1\n\n\nclass Net(Base):\n    pass\n",
        "class Net:\n    f = lambda self, a: a - 1\n",
    ],
)
def test_a_method_that_is_inherited_or_a_lambda_is_changed(source: str) -> None:
    parsed = _loaded(source)
    bench = Workbench([parsed])
    count = bench.prepare(["Net.f"], [], 500)

    assert 6 in _values(bench, count, lambda: parsed.namespace["Net"]().f(5))
    assert parsed.namespace["Net"]().f(5) == 4


def test_a_name_that_another_file_imported_is_changed_there_too() -> None:
    layers = _loaded("def g(a):\n    return a - 1\n", "layers.py")
    entry = _loaded("def f(a):\n    return g(a)\n", "main.py", g=layers.namespace["g"])
    bench = Workbench([entry, layers])
    count = bench.prepare(["f"], [], 500)

    assert 6 in _values(bench, count, lambda: entry.namespace["f"](5))
    assert entry.namespace["g"] is layers.namespace["g"]
    assert entry.namespace["f"](5) == 4


CLASS = """
class Net:
    def __init__(self):
        self.__scale = 2
        self.b = 3

    def f(self, a):
        return self.{private} * a - self.b


class Deep(Net):
    def __init__(self):
        super().__init__()

    def g(self, a):
        return super().f(a)
"""


@pytest.mark.parametrize("private", ["b", "__scale"])
def test_methods_are_changed_in_their_class(private: str) -> None:
    parsed = _loaded(CLASS.format(private=private))
    bench = Workbench([parsed])
    count = bench.prepare(["Net.f"], [], 500)
    right = parsed.namespace["Net"]().f(5) + 6

    values = _values(bench, count, lambda: parsed.namespace["Net"]().f(5))

    assert right in values
    assert parsed.namespace["Net"]().f(5) == right - 6


def test_a_method_that_calls_super_is_changed_with_its_class() -> None:
    parsed = _loaded(CLASS.format(private="b"))
    bench = Workbench([parsed])
    count = bench.prepare(["Deep.g"], ["Net.f"], 500)

    assert -12 in _values(bench, count, lambda: parsed.namespace["Deep"]().g(5))


def test_a_lambda_is_a_definition() -> None:
    parsed = _loaded("f = lambda a: a - 1\n")
    bench = Workbench([parsed])

    assert 6 in _values(bench, bench.prepare(["f"], [], 500), lambda: parsed.namespace["f"](5))


def test_the_list_is_cut_after_the_likeliest() -> None:
    bench = Workbench([_loaded("def f(a, b):\n    return (a - b) * a[b]\n")])

    assert bench.prepare(["f"], [], 5) == 5
    assert {bench.describe(number)[0] for number in range(5)} == {"operator"}


def test_of_a_name_that_is_not_there_nothing_is_listed() -> None:
    assert Workbench([_loaded("x = 1\n")]).prepare(["f"], [], 5) == 0


def test_operators_of_what_is_called_come_before_further_terms_of_the_caller() -> None:
    source = "def g(a, b):\n    return a - b[0]\n\n\ndef f(a, b):\n    return g(a * b, b)\n"
    bench = Workbench([_loaded(source)])
    kinds = [bench.describe(number)[:2] for number in range(bench.prepare(["f"], [], 5000))]

    called, own = kinds.index(("operator", 2)), kinds.index(("operator", 6))
    terms = [n for n, (kind, _) in enumerate(kinds) if kind in ("term", "reduction", "curve", "complement", "target")]
    names = [n for n, (kind, line) in enumerate(kinds) if kind in ("variable", "index") and line == 2]
    assert own < called < names[0] < terms[0]
