"""What functions cannot do without is set at load, whatever it takes, while it does not take long."""

import ast
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import numpy as np
import pytest

from grader.sandbox import Call, Loaded, Returned, Session
from grader.sandbox.inside.needed import Needed
from grader.sandbox.inside.outline_answer import answer

Submit = Callable[..., AbstractContextManager[Session]]
USES = "def f(x):\n    return x * scale\n"


def needed(source: str, names: Sequence[str]) -> set[str]:
    """Which of `names` the functions of a file need."""
    found = Needed(ast.parse(source).body)
    return {name for name in names if name in found}


@pytest.mark.parametrize(
    "reads",
    [
        USES,
        "f = lambda x: x * scale",
        "def f(x, by=scale): return x * by",
        "@scale\ndef f(x): return x",
        "class Net:\n    rate = scale\n",
        "class Net:\n    def f(self, x): return x * scale\n",
        "def f(x):\n    def g(): return x * scale\n    return g()\n",
        "def f(x):\n    global scale\n    scale = scale + 1\n",
        "if True:\n    def f(x): return x * scale\n",
        "try:\n    pass\nexcept ValueError:\n    def f(x): return x * scale\n",
        "f = scale.forward",
        "f = partial(g, key=lambda x: x * scale)",
    ],
)
def test_what_a_function_reads_is_needed(reads: str) -> None:
    assert needed(f"scale = make()\n{reads}", ["scale"]) == {"scale"}


@pytest.mark.parametrize(
    "reads",
    [
        "print(scale)",
        "losses = fit(scale)",
        "def f(scale): return scale",
        "def f(x, *scale): return x * scale[0]",
        "def f(x):\n    scale = 2\n    return x * scale\n",
        "def f(x):\n    for scale in x: print(scale)\n",
        "def f(x):\n    from numpy import e as scale\n    return x * scale\n",
        "def f(x):\n    try: pass\n    except ValueError as scale: print(scale)\n",
        "def f(x):\n    def scale(): return 1\n    return x * scale()\n",
        "def f(x):\n    def g(): return scale\n    scale = 1\n    return g()\n",
        "def f(x): return x.scale",
        "f = lambda scale: scale",
    ],
)
def test_what_it_sets_for_itself_is_not(reads: str) -> None:
    assert needed(f"scale = make()\n{reads}", ["scale"]) == set()


def test_a_long_chain_of_elif_is_read() -> None:
    chain = "if x == 0:\n    y = scale\n" + "".join(f"elif x == {n}:\n    y = {n}\n" for n in range(1, 1500))
    within = "def f(x):\n" + "".join(f"    {line}\n" for line in chain.splitlines())

    assert needed(within, ["scale", "other"]) == {"scale"}
    assert needed(chain, ["scale", "other"]) == {"scale"}


def test_what_something_needed_is_made_of_is_needed() -> None:
    source = "parser = new()\nother = new()\nscale, rest = parser.take()\n" + USES

    assert needed(source, ["parser", "other", "scale"]) == {"parser", "scale"}


@pytest.mark.parametrize(
    "sets",
    [
        "import importlib.util\nscale = 2 if importlib.util.find_spec('json') is not None else 1\n",
        "import json\nscale = json.loads('{\"scale\": 2}')['scale']\n",
        "import ast\nscale = ast.literal_eval('2')\n",
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--scale', default=2)\n"
        "scale = parser.parse_known_args()[0].scale\n",
        "import configparser\nc = configparser.ConfigParser()\nc.read_string('[a]\\ns = 2')\n"
        "scale = c.getint('a', 's')\n",
        "table = {'two': lambda: 2}\nscale = table.get('two')()\n",
        "if (n := 2) > 1:\n    scale = n\n",
    ],
)
def test_a_function_finds_what_it_needs(sets: str, submit: Submit) -> None:
    with submit(sets + USES) as session:
        (reply,) = session.run([Call("f", (np.array([1.0, 3.0]),))])
        assert isinstance(session.loaded, Loaded)

    assert isinstance(reply, Returned)
    assert np.array_equal(reply.value, [2.0, 6.0])  # type: ignore[arg-type]  # an array
    assert session.loaded.skipped == ()
    assert answer([("work.py", sets + USES)])["skipped"] == []


@pytest.mark.parametrize(
    ("sets", "told"),
    [
        ("scale = open('weights.txt').read()\n", "assignment to scale: "),
        ("import sys\nscale = sys.exit(3)\n", "assignment to scale: SystemExit"),
        ("def fit():\n    for n in range(10 ** 9): pass\nscale = fit()\n", "assignment to scale: it runs for long"),
        ("class Net:\n    def fit(self): print('trains')\nscale = Net()\nscale.fit()\n", "call of scale.fit"),
    ],
)
def test_what_cannot_be_had_or_takes_long_is_skipped_as_before(sets: str, told: str, submit: Submit) -> None:
    with submit(sets + USES) as session:
        assert isinstance(session.loaded, Loaded)

    assert session.loaded.skipped[0][2].startswith(told)
    assert "trains" not in session.printed
    assert "f" in {found.name for found in session.loaded.definitions}


def test_what_nothing_needs_is_not_run(submit: Submit) -> None:
    with submit("import json\nhistory = json.loads(print('runs') or '1')\ndef f(x): return x\n") as session:
        assert isinstance(session.loaded, Loaded)

    assert session.loaded.skipped == ((2, 2, "assignment to history"),)
    assert session.printed == ""
