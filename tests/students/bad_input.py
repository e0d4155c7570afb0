"""What students hand in by accident: one function of a right file made bad in the same way in every assignment."""

import ast
from dataclasses import dataclass

TARGETS = {
    "aarhus-net-classifier": "relu",
    "cs231n-two-layer": "TwoLayerNet.predict",
    "dlsys-hw0": "softmax_loss",
    "ece421-numpy-nn": "relu",
    "ece544-derivatives": "nll",
    "ece544-mlp": "predict",
    "hw2-layers-mlp": "SigmoidLayer.forward",
    "hw2-softmax": "softmax_classifier",
}
"""In each assignment a function that a part is about."""

EACH = "r = RIGHT(...)\nreturn tuple({0} for x in r) if isinstance(r, tuple) else [{0} for x in [r]][0]"
"""What is done to each result."""


@dataclass(frozen=True, slots=True)
class Bad:
    """One way to be bad. body: statements instead of the function's own; RIGHT(...) in them is the right one's value.

    before: statements at the top of the file. misspelt, removed: its name, the whole of it. parameter: one more of it.
    """

    body: str = "return RIGHT(...)"
    before: str = ""
    misspelt: bool = False
    parameter: str | None = None
    removed: bool = False


def spoilt(source: str, target: str, bad: Bad) -> str:
    """The file with `target`, a function or "Class.method", made bad."""
    tree = ast.parse(source)
    *owner, name = target.split(".")
    home: ast.Module | ast.ClassDef = tree
    for word in owner:
        home = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == word)
    (place,) = [i for i, node in enumerate(home.body) if isinstance(node, ast.FunctionDef) and node.name == name]
    right = home.body[place]
    assert isinstance(right, ast.FunctionDef)
    given = [parameter.arg for parameter in right.args.args]
    call = f"{'self.' if owner else ''}right_{name}({', '.join(given[bool(owner) :])})"
    body = bad.body.replace("RIGHT(...)", call).replace("FIRST", given[bool(owner)])
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    parameters = ", ".join([*given[: bool(owner)], *([bad.parameter] if bad.parameter else []), *given[bool(owner) :]])
    made = ast.parse(f"def {f'my_{name}' if bad.misspelt else name}({parameters}):\n{lines}\n").body
    right.name = f"right_{name}"
    home.body[place : place + 1] = [] if bad.removed else [right, *made]
    return f"{bad.before}\n{ast.unparse(tree)}\n"


CASES = {
    "missing": Bad(removed=True),
    "misspelt": Bad(misspelt=True),
    "one parameter too many": Bad(parameter="surplus"),
    "nothing returned": Bad("return None"),
    "a scalar": Bad("return 1.5"),
    "an object": Bad("return object()"),
    "another shape": Bad("return np.zeros((2, 3, 4))"),
    "NaN": Bad(EACH.format("x * np.nan")),
    "an input overwritten": Bad("r = RIGHT(...)\nFIRST[...] = 0\nreturn r"),
    "an exception": Bad("raise ValueError('not today')"),
    "a name that NumPy lacks": Bad("return RIGHT(...) * np.float12(1)"),
    "exit()": Bad("exit()"),
    "os._exit": Bad("import os\nos._exit(0)"),
    "a fork": Bad("import os\nos.fork()\nreturn RIGHT(...)"),
    "an endless loop": Bad("while True:\n    pass"),
    "a long sleep": Bad("import time\ntime.sleep(1000)"),
    "a flood of prints": Bad("while True:\n    print('x' * 10_000)"),
    "all memory": Bad("keep = []\nwhile True:\n    keep.append(np.ones(10**7))"),
    "another result each time": Bad("import time\n" + EACH.format("x + 1e-2 * (time.perf_counter_ns() % 1000)")),
    "a syntax error": Bad(before="def broken(:"),
    "Python 2": Bad(before="print 'hello'"),
    "prints": Bad("print('here', FIRST)\nreturn RIGHT(...)"),
    "a list": Bad("r = RIGHT(...)\nreturn r.tolist() if isinstance(r, np.ndarray) else r"),
    "work at import": Bad(before="import time\nfor i in range(10**9):\n    time.sleep(1)\nopen('data.csv').read()"),
    "absent modules": Bad(before="import tensorflow as tf\nimport torch\nfrom termcolor import colored"),
    "NumPy overridden": Bad(before="import numpy as np\nnp.allclose = np.array_equal = lambda *a, **k: True"),
}
