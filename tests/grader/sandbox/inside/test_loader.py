"""What loading runs, what it skips, and what takes the place of what is not there. All in a real sandbox."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pytest

from grader.sandbox import Call, Loaded, Raised, Reply, Returned, Session
from grader.sandbox.inside.loader import Loader

Submit = Callable[..., AbstractContextManager[Session]]

STUDENT_FILE = '''"""My network."""
from __future__ import print_function
import numpy as np
import matplotlib.pyplot as plt
from tensorflow.keras import layers as L
from termcolor import *
from time import time, sleep as nap

EPS = 1e-12
SIZES = {"hidden": 50, "classes": len("abc")}
W = np.random.randn(3, 2) * np.sqrt(2.0 / 3)
rng = np.random.default_rng(4)
square = lambda x, power=2: x ** power
CACHE = {}
CACHE["one"] = 1
A, (B, C) = 1, (2, 3)
counter: int = 0

def softmax(x, axis=1, *more, keep=True, **others):
    """Rows."""
    e = np.exp(x - x.max(axis, keepdims=keep))
    return e / e.sum(axis, keepdims=keep)

class Net:
    size = 3
    def __init__(self, n, hidden=SIZES["hidden"]):
        self.n = n
    def forward(self, x):
        return x * self.n

vectorised = np.vectorize(square)
X, Y = softmax(np.ones((2, 2))), 5
print("training")
for step in range(10 ** 12):
    weights = step
with open("data.npz") as file:
    data = file.read()
while True:
    break
plt.show()
assert X is None
net = Net(3)
if __name__ == "__main__":
    Net(4).forward(1)
'''


def test_a_student_file(submit: Submit) -> None:
    """Definitions with their lines and parameters; what runs is skipped with its lines; stand-ins are named."""
    with submit(STUDENT_FILE) as session:
        loaded = session.loaded
        values = session.run(
            [Call(name, operation="read") for name in ("EPS", "SIZES", "CACHE", "B", "counter", "__doc__", "__name__")]
        )

    assert isinstance(loaded, Loaded)
    assert {found.name: (found.parameters, found.required) for found in loaded.definitions} == {
        "square": (("x", "power"), 1),
        "softmax": (("x", "axis", "*more", "keep", "**others"), 1),
        "Net": (("n", "hidden"), 1),
        "Net.__init__": (("self", "n", "hidden"), 2),
        "Net.forward": (("self", "x"), 2),
        "vectorised": ((), 0),
    }
    assert [(found.first_line, found.last_line) for found in loaded.definitions if found.name == "softmax"] == [
        (19, 22)
    ]
    assert [what for _, _, what in loaded.skipped] == [
        "call of print",
        "for loop: it runs for long",
        "with block",
        "while loop",
        "call of plt.show",
        "assert",
        "if __name__",
    ]
    assert loaded.skipped[1][:2] == (34, 35)
    assert loaded.stand_ins == ("matplotlib", "tensorflow", "termcolor")
    assert [reply.value for reply in values if isinstance(reply, Returned)] == [
        *(1e-12, {"hidden": 50, "classes": 3}, {"one": 1}, 2, 0, "My network.", "work"),
    ]


def call(submit: Submit, source: str, *arguments: Any, **others: str) -> Reply:
    """Load `source` and call its function f."""
    with submit(source, **others) as session:
        assert isinstance(session.loaded, Loaded), session.loaded
        return session.run([Call("f", arguments)])[0]


def value(submit: Submit, source: str, *arguments: Any, **others: str) -> Any:
    reply = call(submit, source, *arguments, **others)
    assert isinstance(reply, Returned), reply
    return reply.value


def error(submit: Submit, source: str, *arguments: Any, **others: str) -> Raised:
    reply = call(submit, source, *arguments, **others)
    assert isinstance(reply, Raised), reply
    return reply


def test_a_stand_in_is_inert_until_it_is_used(submit: Submit) -> None:
    """As decorator, default, annotation and base class it does nothing; a call of it says what is missing."""
    source = """
import numba
import torch.nn as nn
from numba import njit
from tensorflow import float32 as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()

@njit
@numba.jit(nopython=True)
def g(x, dtype=F, mode=nn.modes.train) -> nn.Tensor[3]:
    return x + 1.0

def f(deep):
    if deep:
        return nn.functional.relu(deep)
    return g(float(isinstance(Net(), nn.Tensor)))
"""
    assert value(submit, source, 0) == 1.0
    raised = error(submit, source, 1)
    assert raised.type_name == "ModuleNotFoundError"
    assert raised.message == "torch.nn.functional.relu is used, and torch is not available where your code is graded"
    assert raised.line == 18


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("import cupy\nN = cupy.array", "cupy"),
        ("from scipy.special import expit as N", "scipy.special.expit"),
    ],
)
def test_arithmetic_with_a_stand_in_names_it(submit: Submit, body: str, named: str) -> None:
    raised = error(submit, f"{body}\ndef f(): return N + 1")

    assert raised.type_name == "ModuleNotFoundError"
    assert named in raised.message


def test_try_import_runs_as_python_runs_it(submit: Submit) -> None:
    source = """
try:
    import cupy as np
    fast = True
except ImportError:
    import numpy as np
    fast = False
    print("no graphics card")
try:
    import json
except ImportError:
    json = None
else:
    found = True
try:
    import tqdm
except ImportError:
    pass
if fast:
    def f(): return "wrong"
elif found:
    def f(): return float(np.sum(np.ones(3)))
"""
    assert value(submit, source) == 3.0
    with submit(source) as session:
        assert session.loaded == Loaded(
            session.loaded.definitions,  # type: ignore[union-attr]  # compared by the test above
            ((8, 8, "call of print"),),
            ("tqdm",),
            session.loaded.seconds,
        )


def test_a_variable_of_a_skipped_statement_says_so(submit: Submit) -> None:
    source = """
def load(): return open("data.npz")
data = load()
def g(x, data=data): return x
def f(use):
    return data + 1 if use else g(2.0)
"""
    assert value(submit, source, False) == 2.0
    raised = error(submit, source, True)
    assert raised.type_name == "NameError"
    assert raised.message == "name 'data' is set on line 3, outside any function, and is not run when graded"


def test_a_broken_definition_costs_only_itself(submit: Submit) -> None:
    """NumPy has no float12: the function that names it raises just that, its neighbour works."""
    source = """
import numpy as np
def old(x, dtype=np.float12): return x
class Old:
    kind = undefined
def leave(x=exit(3)): return x
def f(): return 1.0
"""
    with submit(source) as session:
        assert isinstance(session.loaded, Loaded)
        names = [found.name for found in session.loaded.definitions]
        old, klass, leave, good = session.run([Call("old", (1.0,)), Call("Old"), Call("leave"), Call("f")])

    assert names == ["old", "Old", "leave", "f"]
    assert isinstance(old, Raised)
    assert (old.type_name, old.line) == ("AttributeError", 3)
    assert "float12" in old.message
    assert isinstance(klass, Raised)
    assert klass.type_name == "NameError"
    assert isinstance(leave, Raised)
    assert isinstance(good, Returned)


def test_an_object_that_raises_whatever_it_is_asked_for_costs_no_other(submit: Submit) -> None:
    source = """
class Parameters:
    def __init__(self):
        vars(self)["held"] = {"w": 2}
    def __getattr__(self, name):
        return self.held[name]
    def __call__(self, x):
        return x * self.w

parameters = Parameters()
doubled = parameters(3)

def f(x):
    return parameters(x)
"""
    with submit(source) as session:
        loaded = session.loaded
        replies = session.run([Call("f", (2,)), Call("parameters", (3,))])
    assert isinstance(loaded, Loaded)
    assert "parameters" in {found.name for found in loaded.definitions}
    assert loaded.skipped == ((11, 11, "assignment to doubled: KeyError"),)
    assert [reply.value for reply in replies if isinstance(reply, Returned)] == [4, 6]


def test_a_statement_too_deep_to_be_looked_at_costs_no_other(submit: Submit) -> None:
    with submit("x = " + " + ".join(["1"] * 900) + "\n\ndef f():\n    return 1\n") as session:
        loaded = session.loaded
    assert isinstance(loaded, Loaded)
    assert [found.name for found in loaded.definitions] == ["f"]
    assert loaded.skipped == ((1, 1, "statement that is nested too deeply"),)


def test_a_name_that_numpy_does_not_have(submit: Submit) -> None:
    raised = error(submit, "from numpy import exp, products\ndef f(): return products([1]) + exp(0)")

    assert raised.type_name == "ImportError"
    assert "products" in raised.message


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("def f(:\n    pass\n", "invalid syntax", 1),
        ("x = 1\nprint 'hello'\n", "this is Python 2", 2),
        ("try:\n    pass\nexcept ValueError, e:\n    pass\n", "Python 2 and Python 3.14 read it", 3),
        ("x = f'{d['a']}'\n", "only Python 3.12 and newer allow the same quotes", 1),
        ("x = t'{1}'\n", "only Python 3.14 and newer have strings that begin with t", 1),
        ("def f():\npass\n", "expected an indented block", 2),
        ("x = 1\0\n", "null bytes", 0),
        ("(" * 5_000, "", 0),
        ("-" * 100_000 + "1", "nested too deeply", 0),
    ],
)
def test_a_file_that_does_not_parse(submit: Submit, source: str, message: str, line: int) -> None:
    with submit(source) as session:
        loaded = session.loaded

    assert isinstance(loaded, Raised)
    assert loaded.type_name == "SyntaxError"
    assert message in loaded.message
    assert line in (loaded.line, 0)


def test_a_quoted_letter_is_no_string_of_a_newer_python(submit: Submit) -> None:
    with submit("x = d['t'] y\n") as session:
        loaded = session.loaded

    assert isinstance(loaded, Raised)
    assert "Python" not in loaded.message


def test_other_files_are_imported_by_the_same_rules(submit: Submit) -> None:
    """Siblings are found, their training runs are skipped, and a file called numpy.py stays without effect."""
    source = (
        "from .layers import relu, Net\nimport numpy as np\nimport types_of\ndef f(x): return relu(x) + types_of.ONE"
    )
    layers = """
import numpy as np
from work import f
def relu(x): return np.maximum(x, 0)
while True: pass
class Net: pass
"""
    with submit(source, layers=layers, types_of="ONE = 1", numpy="raise SystemExit") as session:
        loaded = session.loaded
        (reply,) = session.run([Call("f", (np.array([-1.0, 1.0]),))])

    assert isinstance(loaded, Loaded)
    assert [found.name for found in loaded.definitions] == ["relu", "Net", "f"]
    assert loaded.definitions[0].parameters == ("x",)
    assert isinstance(reply, Returned)
    np.testing.assert_array_equal(reply.value, [1.0, 2.0])


def test_star_imports_define(submit: Submit) -> None:
    with submit("from layers import *\nscale = relu", layers="def relu(x): return x\nEPS = 1") as session:
        assert isinstance(session.loaded, Loaded)
        assert {found.name: found.first_line for found in session.loaded.definitions} == {"relu": 1, "scale": 2}


def test_a_syntax_error_in_another_file_costs_that_file_only(submit: Submit) -> None:
    source = "import helper\nfrom broken import h\ndef f(): return 1\ndef k(): return h()"
    with submit(source, helper="def g(:\n", broken="def h(): return 2\nreturn (") as session:
        loaded = session.loaded
        first, second = session.run([Call("f"), Call("k")])

    assert isinstance(loaded, Loaded)
    assert loaded.skipped[0] == (0, 0, "helper.py (SyntaxError on line 1: invalid syntax)")
    assert [found.name for found in loaded.definitions] == ["f", "k"]
    assert isinstance(first, Returned)
    assert isinstance(second, Raised)
    assert second.message.startswith("broken cannot be imported")


def test_what_the_entry_file_lacks_is_taken_from_the_other_files(submit: Submit) -> None:
    """An archive of one class a file, whose main file imports none of them."""
    main = "import numpy as np\ndef relu(x): return 'mine'"
    layers = {
        "layers/__init__": "from .fc_layer import FCLayer",
        "layers/fc_layer": "from .size import SIZE\nclass FCLayer:\n    def forward(self): return SIZE",
        "layers/size": "SIZE = 7",
        "criterion/size": "SIZE = 8\ndef loss(): return SIZE",
        "test_layers": "class FCLayer: pass\nassert False",
        "others": "def relu(x): return 'theirs'",
        "draw": "import matplotlib.pyplot as plt\nplt.plot([1])\nraise SystemExit",
    }
    with submit(main, **layers) as session:
        loaded = session.loaded
        calls = [Call("FCLayer", keep="fc"), Call("@fc.forward"), Call("relu", (1.0,)), Call("loss")]
        _, *replies = session.run(calls)

    assert isinstance(loaded, Loaded)
    assert {found.name: found.first_line for found in loaded.definitions} == {
        **{"FCLayer": 0, "FCLayer.forward": 0, "loss": 0},
        "relu": 2,
    }
    assert [reply.value for reply in replies if isinstance(reply, Returned)] == [7, "mine", 8]


def test_methods_of_an_imported_class_are_listed(submit: Submit) -> None:
    with submit("from net import Net", net="class Net:\n    def fit(self, x, lr=0.1): return x") as session:
        assert isinstance(session.loaded, Loaded)
        assert [d.name for d in session.loaded.definitions if d.name == "Net.fit"] == ["Net.fit"]


def test_a_cell_that_does_not_parse_is_not_run(submit: Submit) -> None:
    """As in Jupyter: the other cells are, and what an indented one holds is shifted to the left."""
    source = "# cell 1\ndef f(): return 1\n\n# cell 3\n    C = 2\n    def g():\n        return C\n\n# cell 4\nx = = 3\n"
    with submit(source) as session:
        loaded = session.loaded
        first, second = session.run([Call("f"), Call("g")])

    assert isinstance(loaded, Loaded)
    assert loaded.skipped == ((9, 10, "cell 4, which does not parse (line 10: invalid syntax)"),)
    assert {found.name: found.first_line for found in loaded.definitions} == {"f": 2, "g": 6}
    assert isinstance(first, Returned)
    assert isinstance(second, Returned)
    assert (first.value, second.value) == (1, 2)


PROFILED = """
try:
    profile
except NameError:
    def profile(function): return function

@profile
def f(): return 3
"""


def test_whether_a_profiler_runs_may_be_asked(submit: Submit) -> None:
    with submit(PROFILED) as session:
        (reply,) = session.run([Call("f")])

    assert isinstance(reply, Returned)
    assert reply.value == 3


def test_names_that_a_package_gives_when_asked_are_imported_from_it() -> None:
    lazily = (
        "import importlib\ndef __getattr__(name): return getattr(importlib.import_module('.act', __name__), name)\n"
    )
    files = [
        ("main13.py", "from net13.ce import grad_ce\n"),
        ("net13/__init__.py", lazily),
        ("net13/act.py", "def softmax(x): return x\n"),
        ("net13/ce.py", "from . import softmax\ndef grad_ce(x): return softmax(x)\n"),
    ]
    loader = Loader(files)

    assert isinstance(loader.load(), Loaded)
    assert loader.namespace["grad_ce"](7) == 7


def test_constants_are_made_of_classes_of_other_files() -> None:
    files = [
        ("main14.py", "from schema14 import Hyper\nBASE = dict(lr=1)\nBASE |= {'n': 2}\nDEFAULT = Hyper(**BASE)\n"),
        ("schema14.py", "class Hyper:\n    def __init__(self, lr, n): self.lr, self.n = lr, n\n"),
    ]
    loader = Loader(files)

    assert isinstance(loader.load(), Loaded)
    assert (loader.namespace["DEFAULT"].lr, loader.namespace["DEFAULT"].n) == (1, 2)


def test_a_missing_name_of_another_file(submit: Submit) -> None:
    raised = error(submit, "from helper import nope\ndef f(): return nope(1)", helper="x = 1")

    assert raised.type_name == "ImportError"


def test_what_bridges_python_2_and_3_is_there(submit: Submit) -> None:
    source = """
from __future__ import print_function, absolute_import
from builtins import range, object
from past.builtins import xrange
from past.utils import old_div
from six.moves import cPickle as pickle
import six
from future.utils import iteritems
import six.moves as moves

def f():
    total = sum(xrange(4)) + old_div(7, 2) + len(pickle.dumps(1)) * 0
    return total + sum(v for k, v in iteritems({"a": 1})) + sum(six.moves.xrange(3)) + sum(moves.range(2))
"""
    with submit(source) as session:
        assert isinstance(session.loaded, Loaded)
        assert session.loaded.stand_ins == ()
    assert value(submit, source) == 6 + 3 + 1 + 3 + 1


def test_a_part_that_numpy_has_no_more_is_no_absent_module(submit: Submit) -> None:
    """An editor's import by itself, of a name that is then set by the code."""
    source = "from numpy.lib.function_base import gradient\nimport numpy.nothing as n\ndef f(): return gradient(1)"
    with submit(source) as session:
        loaded = session.loaded

    assert isinstance(loaded, Loaded)
    assert loaded.stand_ins == ()
    assert "numpy.lib.function_base" in error(submit, source).message


def test_the_standard_library_is_there(submit: Submit) -> None:
    """Pure modules are read on demand, compiled ones were loaded before the walls; dataclasses find their module."""
    source = """
import argparse, collections, copy, csv, json, logging, math, os, pickle, random, sys, tempfile, time, typing, unittest
import concurrent.futures, inspect, multiprocessing, statistics, sqlite3, urllib.request, xml.etree.ElementTree
import numpy.ma, numpy.polynomial, numpy.testing
from dataclasses import dataclass, field
from enum import Enum
Point = collections.namedtuple("Point", "x y")
Colour = Enum("Colour", "RED BLUE")

@dataclass
class Config:
    rate: "float" = 0.1
    sizes: "list" = field(default_factory=list)

def f():
    return Point(1.0, Config().rate), len(Colour), pickle.loads(pickle.dumps([1.0])), sqlite3.sqlite_version > "3"
"""
    assert value(submit, source) == ((1.0, 0.1), 2, [1.0], True)


def test_packages_beside_numpy_are_not_there(submit: Submit) -> None:
    """The grader's own environment holds FastAPI and SQLAlchemy; a student's code does not see them."""
    with submit("import fastapi, sqlalchemy, reference\ndef f(): pass") as session:
        assert isinstance(session.loaded, Loaded)
        assert session.loaded.stand_ins == ("fastapi", "sqlalchemy", "reference")


def test_constants_that_raise_are_skipped(submit: Submit) -> None:
    with submit("x = 1 / 0\ny = undefined + 1\ndef f(): return 1") as session:
        assert isinstance(session.loaded, Loaded)
        assert [what for _, _, what in session.loaded.skipped] == [
            "assignment to x: ZeroDivisionError",
            "assignment to y: NameError",
        ]


@pytest.mark.parametrize("statement", ["print({0})", "a[{0}] = open('x')", "assert {0}", "while {0}: pass"])
def test_a_number_too_long_to_be_written_costs_no_definition(statement: str, submit: Submit) -> None:
    with submit(f"{statement.format('0x' + 'f' * 5000)}\ndef f(): return 1") as session:
        assert isinstance(session.loaded, Loaded)
        assert [definition.name for definition in session.loaded.definitions] == ["f"]
        assert len(session.loaded.skipped) == 1


def test_a_module_is_not_patched_at_load(submit: Submit) -> None:
    source = """
import numpy as np
np.exp = abs
class Net: pass
def g(self): return 3.0
Net.go = g
def f(): return Net().go() + float(np.exp(0.0))
"""
    assert value(submit, source) == 4.0


def test_a_byte_order_mark_is_no_error(submit: Submit) -> None:
    assert value(submit, "\ufeffdef f():\r\n\treturn 1.0\r\n") == 1.0


def test_an_empty_file_defines_nothing(submit: Submit) -> None:
    with submit("") as session:
        assert isinstance(session.loaded, Loaded)
        assert session.loaded.definitions == ()
