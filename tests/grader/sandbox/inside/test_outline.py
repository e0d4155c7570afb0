"""Outlines: what is read off the text is what loading finds, and hostile text ends in an answer."""

import sys
from typing import Any

import pytest

from grader.sandbox import Loaded, Raised
from grader.sandbox.inside.loader import Loader
from grader.sandbox.inside.outline_answer import answer

SCRIPT = """import os
import numpy as np
from numpy import maximum
import matplotlib.pyplot as plt
from layers import Dense

RATE = 0.1
W = np.zeros((2, 3))
norm = W.sum()
relu = lambda x: np.maximum(x, 0)
clip = np.clip
data = np.load("data.npz")
os.environ["A"] = "1"


def softmax(z):
    return z


also = softmax


class Net(Dense):
    def forward(self, x):
        return x


class Other:
    pass


Other.step = softmax
if RATE > 1:
    def branch():
        pass
try:
    import cupy
except ImportError:
    cupy = None
for epoch in range(10):
    print(epoch)
print(softmax(W))
if __name__ == "__main__":
    def hidden():
        pass
"""


def names(found: Any) -> set[str]:
    return {name for name, *_ in found["definitions"]}


def test_definitions_are_told_with_lines_and_parameters() -> None:
    found = answer([("a.py", SCRIPT)])
    told = {name: (first, last, parameters) for name, first, last, parameters in found["definitions"]}

    assert told["softmax"] == (16, 17, ["z"])
    assert told["relu"][2] == ["x"]
    assert {"also", "clip", "Net", "Net.forward", "Other.step", "branch"} <= names(found)
    assert not {"hidden", "data", "RATE", "epoch", "Dense", "maximum"} & names(found)
    assert found["inheriting"] == ["Net"]


@pytest.mark.parametrize(
    ("source", "may_have_more"),
    [
        ("class Net:\n    size, wide = 3, [4]\n    name: str\n    def f(self): pass\n", []),
        ("class Net:\n    f = lambda self: 1\n", ["Net"]),
        ("def g(self): pass\nclass Net:\n    f = g\n", ["Net"]),
        ("class Net:\n    if True:\n        def f(self): pass\n", ["Net"]),
        ("import abc\nclass Net(metaclass=abc.ABCMeta):\n    pass\n", ["Net"]),
        ("class Own:\n    def f(self): pass\nNet = Own\nf = Own.f\n", ["Net"]),
    ],
)
def test_classes_may_have_methods_that_their_statement_does_not_show(source: str, may_have_more: list[str]) -> None:
    assert answer([("a.py", source)])["inheriting"] == may_have_more


def test_what_loading_skips_is_told_in_its_words() -> None:
    found = answer([("a.py", SCRIPT)])

    assert found["skipped"] == [
        [12, 12, "assignment to data"],
        [13, 13, "assignment to os.environ['A']"],
        [40, 41, "for loop"],
        [42, 42, "call of print"],
        [43, 45, "if __name__"],
    ]
    assert found["absent"] == ["matplotlib", "layers"]


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\nfor i in range(3):\n    pass\ndef f(a, b=1, *c, **d):\n    return a\nprint(f(1))\n",
        "import torch\nfrom sklearn import datasets\nmodel = torch.nn.Linear(1, 2)\n",
        "from __future__ import annotations\nimport random\nr = random.Random(1)\ny = [r.random() for _ in range(3)]\n",
        "def f(): pass\ng = f\nh: int = 3\nh += 1\ndel h\nassert g\n",
        "# cell 1\ndef f(): pass\n# cell 2\ndef g(:\n# cell 3\nx = 1\n",
    ],
)
def test_an_outline_is_what_loading_finds(source: str) -> None:
    loaded = Loader([("outlined.py", source)]).load()
    found = answer([("outlined.py", source)])

    assert isinstance(loaded, Loaded)
    assert [tuple(one) for one in found["skipped"]] == list(loaded.skipped)
    assert found["absent"] == list(loaded.stand_ins)
    assert {one.name for one in loaded.definitions} <= names(found)


@pytest.mark.parametrize(
    ("source", "defined"),
    [
        ("from scipy.special import softmax, expit as sigmoid\ndef relu(x): pass\n", {"relu"}),
        ("from numpy import maximum as step\n", {"relu"}),
        ("from outlined_layers import relu as own, relu\n", {"relu", "own"}),
        ("from .outlined_layers import relu as own\n", {"relu", "own"}),
        ("from . import outlined_layers\n", {"relu"}),
        ("try:\n    train()\n    plot()\nexcept ValueError:\n    def other(x): pass\n", {"relu"}),
        ("with app.setup as shown:\n    import numpy as np\n    def step(x): pass\n", {"relu", "step"}),
        ("with open('data') as file:\n    rows = file.read()\n", {"relu"}),
        ("try:\n    def step(x): pass\n    rate = 1\nexcept ValueError:\n    pass\n", {"relu", "step"}),
        ("try:\n    pass\nfinally:\n    def step(x): pass\n", {"relu", "step"}),
    ],
)
def test_imports_and_tries_define_what_they_do_in_loading(
    source: str, defined: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [("outlined.py", source), ("outlined_layers.py", "def relu(x): pass\n")]
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    loaded = Loader(files).load()
    sys.modules.pop("outlined_layers", None)
    found = answer(files)

    assert isinstance(loaded, Loaded)
    assert {one.name for one in loaded.definitions} == defined
    assert names(found) == defined
    assert [tuple(one) for one in found["skipped"]] == list(loaded.skipped)
    assert found["absent"] == list(loaded.stand_ins)


def test_of_a_try_that_only_running_could_judge_nothing_is_claimed() -> None:
    tried = "try:\n    y = w.sum()\n    def step(x): pass\nexcept ValueError:\n    pass\n"
    found = answer([("a.py", f"def f(x): return x\nw = f(1.0)\n{tried}")])

    assert "step" in names(found)
    assert [what for _, _, what in found["skipped"]] == []


def test_other_files_count_where_the_graded_one_has_no_such_name() -> None:
    files = [
        ("main.py", "from layers import relu\nimport layers\n"),
        ("layers.py", "def relu(x): pass\ndef f(): pass\n"),
    ]
    found = answer([*files, ("broken.py", "def g(:")])

    assert {"relu", "f"} <= names(found)
    assert found["absent"] == []
    assert found["skipped"] == [[0, 0, "broken.py (SyntaxError on line 1: invalid syntax)"]]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(:\n", 1),
        ("x = 1\nprint 'Python 2'\n", 2),
        ("def f():\n    x = 1\n\ty = 2\n", 3),
        ("x = " + "(" * 5_000, 1),
        ("1+" * 20_000 + "1", 1),
        ("def f():\n    nonlocal x\n", 2),
        ("def f(a, a): pass\n", 1),
    ],
)
def test_what_keeps_a_file_from_loading_is_told_with_its_line(source: str, line: int) -> None:
    kind, message, where = answer([("a.py", source)])["fault"]

    assert (kind, where) == ("SyntaxError", line)
    assert message


def test_nothing_of_it_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    source = "print('run')\nx = print('run')\n@print\ndef f(a=print('run')): print('run')\nclass C: print('run')\n"
    found = answer([("a.py", source)])

    assert {"f", "C"} <= names(found)
    assert capsys.readouterr().out == ""


def test_answers_are_cut() -> None:
    found = answer([("a.py", "\n".join(f"def f{'x' * 1000}{number}(): pass\nprint()" for number in range(2_000)))])

    assert len(found["definitions"]) == 1_000
    assert len(found["skipped"]) == 500
    assert max(len(name) for name in names(found)) == 200


FENCED = "is a fence of Markdown (```), no Python: hand in the code alone"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("```python\nx = 1\n```\n", f"; line 1 {FENCED}"),
        ("Here is the code:\n\n```python\nx = 1\n```\n", f"; line 3 {FENCED}"),
        ("x = 1\n```\n", f"; line 2 {FENCED}"),
        ('def f(x)\n    """\n    ```\n    """\n', None),
        ("x = 1\ny = = 2\n```\n", None),
        ('"""The text.\n```\nx\n```\n', None),
        ("x = = 2\n", None),
    ],
)
def test_a_fence_around_the_code_is_told(source: str, said: str | None) -> None:
    loaded = Loader([("a.py", source)]).load()
    found = answer([("a.py", source)])["fault"]

    assert isinstance(loaded, Raised)
    assert (FENCED in loaded.message) == (said is not None)
    assert loaded.message.endswith(said or "")
    assert found[1] == loaded.message
