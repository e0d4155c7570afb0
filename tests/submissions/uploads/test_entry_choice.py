"""Which file of several is graded, and which of the others stand in first for what it lacks."""

import pytest

from grader.upload import SourceFile
from submissions.uploads.entry_choice import in_order


def order(files: dict[str, str], *notebooks: str) -> list[str]:
    return [file.name for file in in_order([SourceFile(*file) for file in files.items()], frozenset(notebooks))]


STARTER = "def f():\n    # your code here\n    raise NotImplementedError\ndef g(x):\n    raise NotImplementedError()\n"


@pytest.mark.parametrize(
    ("files", "chosen"),
    [
        ({"only.py": "x"}, "only.py"),
        ({"main.py": "x", "network.py": "yy", "z.py": "long long"}, "main.py"),
        ({"network.py": "yy", "z.py": "long long"}, "network.py"),
        ({"a.py": "x", "z.py": "long long"}, "z.py"),
        ({"b.py": "xx", "a.py": "yy"}, "a.py"),
        ({"main.py": "x", "old/main.py": "long long", "c.py": ""}, "main.py"),
        # old copies, tests and a starter that was left alone
        ({"net.py": "def f(): 1", "backup/net.py": "def f(): 2  # longer"}, "net.py"),
        ({"net.py": "def f(): 1", "net_old.py": "def f(): 2\ndef g(): 3"}, "net.py"),
        ({"net.py": "def f(): 1", "test_net.py": "import net\ndef test_f(): 2", "tests/all.py": "x" * 99}, "net.py"),
        ({"mine.py": "def f(): 1", "starter.py": "def f():\n    raise NotImplementedError"}, "mine.py"),
        ({"nn.py": STARTER, "work.py": "def f(): 1\ndef g(): 2"}, "work.py"),
        ({"nn.py": STARTER, "base.py": "class Layer:\n    def f(self):\n        raise NotImplementedError"}, "nn.py"),
        # versions, where the last defines what the others do; the later of two homeworks
        ({"net_v1.py": "def f(): 1  # long", "net_v2.py": "def f(): 1"}, "net_v2.py"),
        ({"net.py": "def f(): 1  # long", "net (2).py": "def f(): 1", "net_v10.py": "def f(): 1"}, "net_v10.py"),
        (
            {"net_final.py": "def f(): 1  # long", "net_final2.py": "def f(): 1", "net3.py": "def f(): 1"},
            "net_final2.py",
        ),
        ({"layer1.py": "def f(): 1  # long", "layer2.py": "def g(): 1"}, "layer1.py"),
        ({"hw1/main.py": "def f(): 1  # long", "hw2/main.py": "def g(): 1", "hw2/a/main.py": "x"}, "hw2/main.py"),
        # a starter that was filled in, and the only copy
        ({"starter.py": "def f(): 1  # and more", "layers.py": "def g(): 1"}, "starter.py"),
        ({"final copy.py": "def f(): 1"}, "final copy.py"),
        # what derives a class of the same name from what it imports; a script has a `train` of its own
        ({"net.py": "def train(): 1  # a long file", "run.py": "import net\ndef train(): 2"}, "net.py"),
        ({"base.py": "class Net:\n    long = 1", "sub.py": "import base\nclass Net(base.Net): pass"}, "sub.py"),
        ({"base.py": "class Net:\n    long = 1", "other.py": "class Net: pass"}, "base.py"),
        ({"a.py": "import b\ndef back(): 1", "b.py": "import a\ndef back(): 1"}, "a.py"),
        (
            {"a/base.py": "class Net:\n    long = 1", "sub.py": "from .a.base import Net as B\nclass Net(B): 0"},
            "sub.py",
        ),
    ],
)
def test_the_file_to_grade_is_chosen_by_rule(files: dict[str, str], chosen: str) -> None:
    assert order(files)[0] == chosen


def test_a_notebook_is_graded_where_no_module_defines_anything() -> None:
    assert order({"run.py": "def f(): 1", "hw.py": "import run  # long"}, "hw.py")[0] == "run.py"
    assert order({"constants.py": "x = 1  # a long line", "hw.py": "def f(): 1"}, "hw.py")[0] == "hw.py"
    over = {"net.py": "class Net:\n    long = 1", "hw.py": "from net import Net as B\nclass Net(B): 0"}
    assert order(over, "hw.py")[0] == "hw.py"


def test_the_others_come_fresh_and_near_ones_first() -> None:
    files = {
        "old/f.py": "def f(): 1",
        "a/b/f.py": "def f(): 2",
        "test_f.py": "def f(): 3",
        "z.py": "def f(): 4",
        "main.py": "import z",
    }
    assert order(files) == ["main.py", "z.py", "a/b/f.py", "test_f.py", "old/f.py"]


def test_a_notebook_is_graded_beside_a_starter_left_as_it_was() -> None:
    assert order({"nn.py": STARTER, "hw.py": "def f(): 1\ndef g(): 2"}, "hw.py") == ["hw.py", "nn.py"]
