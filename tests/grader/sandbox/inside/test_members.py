"""Methods that no statement of their class shows: in a real sandbox, and read without running anything of theirs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from grader.sandbox import Loaded, Session
from grader.sandbox.inside.members import of_classes
from grader.sandbox.inside.wire import Definition

Submit = Callable[..., AbstractContextManager[Session]]

SOURCE = """
from functools import partialmethod, wraps
import other

class Base:
    def __init__(self, width, depth=2):
        self.width = width

    def forward(self, x):
        rows = [each for each in x]
        return rows

    @classmethod
    def made(cls, n): return cls(n)

def step(self, rate, flag=0): return rate

def add(cls):
    cls.added = step
    return cls

def kept(f):
    @wraps(f)
    def inner(*args): return f(*args)
    return inner

class Net(Base): size = 3

@add
class Own(other.Far):
    predict = lambda self, x, params=None: x
    update = step
    later = partialmethod(step, 1)
    unset = None
    if True:
        def inside(self): return 1
    @kept
    def shown(self, x): return x

Net.given = step
Net.still = staticmethod(step)
setattr(Net, "set", step)
setattr(Net, "se" + "cret", step)
for each in (step, kept):
    setattr(Net, f"each_{each.__name__}", each)
Typed = type("Typed", (Net,), {"more": step})
Alias = Net
"""
FAR = "class Far:\n    def far(self, a): return a\n"


def told(submit: Submit) -> dict[str, Definition]:
    with submit(SOURCE, other=FAR) as session:
        assert isinstance(session.loaded, Loaded)
        return {found.name: found for found in session.loaded.definitions}


def test_a_method_is_found_however_its_class_came_to_it(submit: Submit) -> None:
    found = told(submit)

    assert {"Net.forward", "Net.made", "Net.given", "Alias.forward", "Alias.given", "Net.__init__"} <= set(found)
    assert {"Own.predict", "Own.update", "Own.later", "Own.inside", "Own.shown", "Own.added", "Own.far"} <= set(found)
    assert {"Net.still", "Net.set", "Net.secret", "Net.each_step", "Net.each_kept"} <= set(found)
    assert {"Typed.forward", "Typed.more", "Typed.secret"} <= set(found)
    assert not {"Net.size", "Own.unset", "Own.__module__", "Base.given"} & set(found)


def test_it_has_the_lines_and_parameters_of_its_function(submit: Submit) -> None:
    found = told(submit)

    assert found["Net.forward"] == Definition("Net.forward", 9, 11, ("self", "x"), 2)
    assert found["Own.update"] == Definition("Own.update", 16, 16, ("self", "rate", "flag"), 2)
    assert found["Own.predict"].parameters == ("self", "x", "params")
    assert found["Own.far"] == Definition("Own.far", 0, 0, ("self", "a"), 2)  # it stands in another file
    assert found["Own.shown"].first_line == 38  # its own statement, and not the one that wraps it


def test_a_class_has_the_parameters_of_the_constructor_that_it_inherits(submit: Submit) -> None:
    found = told(submit)["Net"]

    assert (found.parameters, found.required) == (("width", "depth"), 1)


class _Loud(type):
    """Raises whatever it is asked for."""

    def __getattribute__(cls, name: str) -> Any:
        raise AssertionError(name)


class _Shout:
    def __getattribute__(self, name: str) -> Any:
        raise AssertionError(name)


TAMPERS = """
class Defaults(tuple):
    def __len__(self): raise SystemExit(3)

class Base:
    def forward(self, x, y=1): return x

Base.forward.__defaults__ = Defaults((1,))

class Net(Base): pass
"""


def test_a_function_that_was_tampered_with_is_there_all_the_same(submit: Submit) -> None:
    with submit(TAMPERS) as session:
        assert isinstance(session.loaded, Loaded)
        found = {each.name: each for each in session.loaded.definitions}

    assert found["Net.forward"] == Definition("Net.forward", 10, 10)


def test_nothing_of_theirs_is_asked() -> None:
    namespace = {"Net": _Loud("Net", (), {"mro": _Shout(), "odd name": len, "sums": sum}), "shout": _Shout()}
    known = {name: Definition(name, 3, 9) for name in namespace}

    assert list(of_classes(known, namespace, {"a.py"}, "a.py")) == [Definition("Net.sums", 3, 9)]
