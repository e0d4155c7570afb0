"""Which blocks are read at load and which are skipped whole: the file's names afterwards, and what is told."""

import ast

import pytest

from grader.sandbox.inside.findings import Findings
from grader.sandbox.inside.outline_answer import answer
from grader.sandbox.inside.standins import is_stand_in
from grader.sandbox.inside.statements import MOST_TURNS, FileReader


class Read:
    """A file that was read: `names`, and what was `skipped`."""

    def __init__(self, source: str) -> None:
        findings = Findings(["work.py"], [])
        self.names: dict[str, object] = {"__name__": "work"}
        reader = FileReader(findings, self.names, "work.py", is_entry=True)
        for node in ast.parse(source).body:
            reader.statement(node)
        loaded = findings.end(self.names, "work.py")
        self.skipped = [what for _, _, what in loaded.skipped]
        self.defined = {found.name for found in loaded.definitions}


LONG = "for loop: it runs for long"
CLASS = "class Net: pass\ndef fit(self): return 1\ndef predict(self): return 2\n"


@pytest.mark.parametrize(
    "loop",
    [
        "for f in (fit, predict):\n    setattr(Net, f.__name__, f)\n",
        "for name, f in {'fit': fit, 'predict': predict}.items():\n    setattr(Net, name, f)\n",
        "for name in ['fit', 'predict']:\n    def f(self): return name\n    setattr(Net, name, f)\n",
    ],
)
def test_a_loop_that_gives_methods_is_read(loop: str) -> None:
    read = Read(CLASS + loop)

    assert {"Net.fit", "Net.predict"} <= read.defined
    assert read.skipped == []
    assert " turn" not in read.names
    assert answer([("work.py", CLASS + loop)]) == {"unread": True}  # only running tells


@pytest.mark.parametrize(
    "given",
    [
        "registry = {'relu': lambda x: x}\nglobals().update(registry)\n",
        "globals().update(relu=lambda x: x)\n",
        "for name in ('relu', 'other'):\n    globals()[name] = lambda x: x\n",
        "vars()['relu'] = lambda x: x\n",
    ],
)
def test_names_given_to_the_file_are_definitions(given: str) -> None:
    read = Read(given)

    assert "relu" in read.defined
    assert read.skipped == []


@pytest.mark.parametrize(
    ("source", "skipped"),
    [
        ("for f in (1, 2):\n    train(f)\n", "for loop"),
        ("for f in range(10**9):\n    weights = f\n", "for loop: it runs for long"),
        ("for f in range(10**9): weights = f\n", "for loop: it runs for long"),
        ("while True:\n    pass\n", "while loop"),
        ("rows = []\nfor n in range(3):\n    rows.append(train(n))\n", "for loop"),
        ("def f(n):\n    while True: n += 1\nrows = []\nfor n in (1, 2): rows.append(f(n))\n", LONG),
        ("rows = [n.fit() for n in ()]\nfor n in open('data'):\n    rows.append(n)\n", "for loop"),
        ("import math\nfor n in (math,):\n    n.pi = 3\n", "for loop"),
        ("import os\nos.environ.update(A='1')\n", "call of os.environ.update"),
        ("rows = 3\nrows.append(1)\n", "call of rows.append"),
        (f"class Net: pass\nfor n in range({MOST_TURNS + 1}):\n    setattr(Net, f'a{{n}}', n)\n", "for loop"),
        ("class Net: pass\nfor n in fetch():\n    setattr(Net, 'a', n)\n", "for loop"),
        ("class Net: pass\nfor n in (1, 2):\n    setattr(Net, 'a', n)\n    train(n)\n", "for loop"),
        ("import pathlib\nrows = pathlib.Path('data').read_text()\n", "assignment to rows"),
        ("globals().update(train())\n", "call of globals().update"),
        ("with open('data') as file:\n    rows = file.read()\n", "with block"),
        ("try:\n    data = load()\nexcept OSError:\n    data = None\n", "try block"),
    ],
)
def test_what_may_train_or_read_is_skipped_whole(source: str, skipped: str) -> None:
    assert Read(source).skipped == [skipped]


def test_a_loop_gives_nothing_to_a_module() -> None:
    read = Read("import math\nfor name in ('pi', 'e'):\n    setattr(math, name, 3)\n")

    assert read.skipped == ["assignment to math.pi", "assignment to math.e"]


def test_a_loop_over_what_never_ends_is_left() -> None:
    endless = "class Net:\n    def __iter__(self):\n        while True:\n            pass\nnet = Net()\n"
    read = Read(f"{endless}for n in net:\n    setattr(Net, 'a', n)\n")

    assert read.skipped == ["for loop: TooLong"]


def test_the_body_of_a_with_block_defines() -> None:
    read = Read("with app.setup as shown:\n    import math\n    def f(): return math.pi\n    train()\n")

    assert read.defined == {"f"}
    assert read.skipped == ["call of train"]
    assert is_stand_in(read.names["shown"])
    assert "math" in read.names


def test_a_try_block_ends_where_its_import_fails() -> None:
    """As it would on a machine without the library: what follows the import is not asked."""
    read = Read(
        "try:\n    import cupy_of_nobody as xp\n    xp.zeros(1)\n    gpu = True\nexcept Exception:\n    gpu = False\n"
    )

    assert read.names["gpu"] is False
    assert read.skipped == []


def test_a_call_in_a_try_block_costs_no_other_statement() -> None:
    read = Read("try:\n    import math\n    train()\n    def f(): return 1\nexcept OSError:\n    f = None\n")

    assert read.defined == {"f"}
    assert read.skipped == ["call of train"]


@pytest.mark.parametrize(
    "table",
    [
        "TABLE = []\nfor n in range(3):\n    square = n * n\n    TABLE.append(square)\n",
        "TABLE = [0] * 3\nfor n in range(3):\n    if n > 0:\n        TABLE[n] = n ** 2\n",
        "TABLE = []\nTABLE.extend([0, 1])\nTABLE.append(4)\n",
        "ALL = {}\nALL.setdefault('a', [])\nfor n in range(3):\n    ALL['a'].append(n * n)\nTABLE = ALL['a']\n",
        "TABLE = []\nfor a in (0, 4):\n    for b in (0, 1):\n        TABLE.append(a + b)\nTABLE = TABLE[:3]\n",
        "def square(n): return n * n\nTABLE = []\nfor n in range(3):\n    TABLE.append(square(n))\n",
        "def square(n): return n * n\nfs = {'f': square}; TABLE = []\nfor n in (0, 1, 2): TABLE += [fs['f'](n)]\n",
        "def square(n): return n * n\nTABLE = list(map(square, range(3)))\n",
        "NAMES = ['W0', 'b', 'W1', 'W4']\nTABLE = [int(n.strip('W')) for n in NAMES if n.lower().startswith('w')]\n",
        "import os\nTABLE = [0, 1, int(os.environ.get('NOWHERE_SET', '4'))]\n",
        "import os\nHERE = os.path.dirname(os.path.abspath('a/b'))\nTABLE = [0, 1, 4]\n",
        "from pathlib import Path\nHERE = Path('a/b').resolve().parent / 'data.npz'\nTABLE = [0, 1, 4]\n",
        "from os.path import join\nHERE = join('a', 'b')\nTABLE = [0, 1, 4]\n",
        "import numpy as np\nwith np.errstate(divide='ignore'):\n    TABLE = [0, 1, 4]\n",
    ],
)
def test_tables_are_filled(table: str) -> None:
    read = Read(table)

    assert read.names["TABLE"] == [0, 1, 4]
    assert read.skipped == []
    assert answer([("work.py", table)])["skipped"] == []


def test_what_a_long_loop_has_set_is_not_there() -> None:
    assert is_stand_in(Read("for n in range(10**9):\n    weights = n\n").names["weights"])


def test_of_loops_that_run_for_long_one_is_tried() -> None:
    read = Read("for n in range(10**9):\n    a = n\nfor n in range(3):\n    b = n\n")

    assert read.skipped == ["for loop: it runs for long", "for loop"]
