"""What is defined where no caller reaches it is listed in order, however deep the statements around it are."""

import ast

from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.out_of_reach import of_definition, of_skipped
from grader.sandbox.inside.wire import Loaded

NESTED = """
def train(x):
    if x:
        def relu(z):
            def inner(): pass
    else:
        class Net:
            def forward(self): pass
    try:
        def softmax(z): pass
    except ValueError:
        def loss(z): pass
    finally:
        def last(): pass
"""


def chain(length: int) -> str:
    """A function with a chain of elif, which is nested as deeply as it is long."""
    links = "".join(f"    elif x == {n}:\n        def g{n}(): pass\n" for n in range(1, length))
    return f"def f(x):\n    if x == 0:\n        pass\n{links}"


def test_everything_within_is_listed_in_order() -> None:
    (function,) = ast.parse(NESTED).body
    found = [(each.name, each.inside) for each in of_definition(function)]

    assert found == [
        ("relu", "train"),
        ("inner", "train.relu"),
        ("Net", "train"),
        ("forward", "train.Net"),
        ("softmax", "train"),
        ("last", "train"),
        ("loss", "train"),
    ]


def test_a_long_chain_of_elif_is_listed_too() -> None:
    (function,) = ast.parse(chain(1500)).body

    assert len(list(of_skipped(function, "what is not run"))) == 1500


def test_a_function_that_python_cannot_nest_so_deeply_costs_no_other() -> None:
    loaded = Loader([("work.py", chain(1500) + "\nimport os\nSEP = os.path.sep\ndef relu(x): return SEP\n")]).load()

    assert isinstance(loaded, Loaded)
    assert "relu" in {definition.name for definition in loaded.definitions}
