"""Relative imports, by the file they stand in."""

import ast
import sys

import pytest

from grader.sandbox import Loaded
from grader.sandbox.inside.imported import Absolute
from grader.sandbox.inside.loader import Loader

OURS = frozenset({"src.net.layers", "src.net", "layers"})


def changed(source: str, file: str = "src/net/model.py") -> str:
    tree = ast.parse(source)
    Absolute(file, OURS.__contains__).within_functions(tree, source)
    compile(tree, file, "exec")
    return ast.unparse(tree)


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("from .layers import relu as r, f", "from src.net.layers import relu as r, f"),
        ("from . import layers", "import src.net.layers as layers"),
        ("from . import layers as l, other", "import src.net.layers as l\n    import other as other"),
        ("from ..net import f", "from src.net import f"),
        ("from .elsewhere import f", "from elsewhere import f"),
        ("import layers", "import layers"),
    ],
)
def test_inside_a_function_they_are_absolute(inside: str, found: str) -> None:
    assert changed(f"def f():\n    {inside}") == f"def f():\n    {found}"
    assert changed(f"class A:\n\n    async def f(self):\n        {inside}").endswith(found.replace("    ", " " * 8))


def test_outside_they_stay_for_the_loader() -> None:
    source = "from .layers import relu\nif True:\n    from . import layers"

    assert changed(source) == source


def test_a_file_of_a_package_imports_its_neighbours_when_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    late = "def f():\n    from . import imported_late\n    return imported_late.one() + imported_late.model.TWO\n"
    files = [
        ("pack/model.py", f"TWO = 2\n{late}"),
        ("pack/imported_late.py", "from . import model\ndef one(): return 1\n"),
        ("pack/__init__.py", ""),
    ]
    loader = Loader(files)

    assert isinstance(loader.load(), Loaded)
    assert loader.namespace["f"]() == 3
    for name in [name for name in sys.modules if name.partition(".")[0] in ("pack", "imported_late", "submission")]:
        monkeypatch.delitem(sys.modules, name)
