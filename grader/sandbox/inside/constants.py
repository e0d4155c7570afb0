"""Decides which top-level expressions are plain constants: evaluated at load, because they cannot train, plot or read.

Literals, names already defined, operators, comprehensions over them, lambdas, attribute access, and calls of: a few
built-ins, anything of NumPy or of a computing module of the standard library that touches no file, and methods of
numbers, texts, containers and arrays. A call of the student's own functions or classes is plain only with `own`: it may
be a training run, so whoever asks for these runs them on a budget (brief.py).
"""

import ast
import types
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np

BUILT_INS = frozenset(
    "abs all any bool bytes callable classmethod complex dict divmod enumerate float frozenset getattr hasattr int"
    " isinstance issubclass len list max min object pow property range repr reversed round set slice sorted"
    " staticmethod str sum tuple type zip".split()
)
MODULES = frozenset(
    "numpy math cmath random functools itertools collections operator fractions decimal typing types enum dataclasses"
    " string copy abc numbers statistics logging time datetime re pathlib posixpath _functools _collections _operator"
    " builtins".split()
)
"""Roots of modules whose functions compute; `builtins` covers methods of literals."""

FILES = frozenset(
    "load loadtxt genfromtxt fromfile fromregex memmap open_memmap save savez savez_compressed savetxt tofile dump"
    " DataSource sleep basicConfig FileHandler show_config show_runtime info seterr seterrcall set_printoptions test"
    " shuffle seed set_state read_text read_bytes write_text write_bytes mkdir touch unlink rename".split()
)
"""Names that read, write, wait, or set something for the whole process, in any of these modules."""

ENVIRONMENT = frozenset({"os.environ.get", "os.getenv", "os.cpu_count", "sys.getrecursionlimit", "platform.system"})
PATHS = "os.path."
"""What asks about the machine, and paths, whose files are not there; of modules that do much else."""

LAZY = frozenset({"map", "filter"})
TEXT_METHODS = frozenset(name for kind in (str, dict) for name in dir(kind) if not name.startswith("_"))

PLAIN_TYPES = (bool, int, float, complex, str, bytes, tuple, list, dict, set, frozenset, range, slice)
NUMPY_TYPES = (np.ndarray, np.generic, np.random.Generator, np.random.RandomState)

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
NODES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.Subscript),
    *(ast.Slice, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.JoinedStr),
    *(ast.FormattedValue, ast.NamedExpr, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)


def is_plain(
    node: ast.AST,
    namespace: Mapping[str, Any],
    own: Collection[object] | None = None,
    local: Collection[str] = frozenset(),
) -> bool:
    """Whether `node` may be evaluated at load, given the names defined so far.

    own: modules whose functions and classes may be called too, and whatever comes by `map` or a local name; None for no
    other than the computing ones. local: names that a loop or a comprehension around it gives values.
    """
    if isinstance(node, ast.Lambda):  # its body does not run
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        return all(is_plain(default, namespace, own, local) for default in defaults if default)
    if not isinstance(node, NODES):
        return False
    if isinstance(node, COMPREHENSIONS):
        local = frozenset(local).union(*(_stored(generator.target) for generator in node.generators))
    if isinstance(node, ast.Call) and not (
        (_root(node.func) not in local and _may_call(node.func, namespace))
        or _is_text_method(node.func, local)
        or (own is not None and _is_own(node.func, namespace, own, local))
    ):
        return False
    return all(is_plain(child, namespace, own, local) for child in ast.iter_child_nodes(node))


def _stored(target: ast.expr) -> set[str]:
    return {inner.id for inner in ast.walk(target) if isinstance(inner, ast.Name)}


def root_of(node: ast.expr) -> ast.expr:
    """What attributes and entries are taken of: `a` of a.b[0].c."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node


def _root(function: ast.expr) -> str | None:
    root = root_of(function)
    return root.id if isinstance(root, ast.Name) else None


def _is_text_method(function: ast.expr, local: Collection[str]) -> bool:
    """Whether it is name.lower() of a local name: what has such a method is nearly always a text, or a dict."""
    return isinstance(function, ast.Attribute) and function.attr in TEXT_METHODS and _root(function) in local


def _is_own(function: ast.expr, namespace: Mapping[str, Any], own: Collection[object], local: Collection[str]) -> bool:
    """Whether a call goes to a function or class of the modules `own` by its bare name, or to what is not known yet."""
    root = _root(function)
    if root in local or (root in LAZY and root not in namespace):
        return not isinstance(function, ast.Attribute) or function.attr not in FILES
    if isinstance(function, ast.Subscript):  # of a table of functions
        return type(namespace.get(root or "")) in PLAIN_TYPES
    if not isinstance(function, ast.Name):
        return False
    value = namespace.get(function.id)
    return isinstance(value, (types.FunctionType, type)) and value.__module__ in own


def _may_call(function: ast.expr, namespace: Mapping[str, Any]) -> bool:
    if isinstance(function, ast.Name):
        if function.id not in namespace:
            return function.id in BUILT_INS
        return _computes(namespace[function.id], function.id)
    if not isinstance(function, ast.Attribute) or function.attr in FILES:
        return False
    root: ast.expr = function
    while isinstance(root, ast.Attribute):
        root = root.value
    if not isinstance(root, ast.Name):  # a method of a literal, or of what a plain call gave
        return True
    if root.id not in namespace:
        return root.id in BUILT_INS
    value = namespace[root.id]
    if isinstance(value, types.ModuleType):
        if _is_of_computing(value.__name__):
            return True
        asked = f"{value.__name__}{ast.unparse(function).removeprefix(root.id)}"
        return asked in ENVIRONMENT or asked.startswith(PATHS)
    return type(value) in PLAIN_TYPES or isinstance(value, NUMPY_TYPES) or _computes(value, root.id)


def _computes(value: object, name: str) -> bool:
    """Whether `value`, imported by name, is a function or class of a computing module."""
    if name in FILES or getattr(value, "__name__", name) in FILES:
        return False
    home = getattr(value, "__module__", None) or type(getattr(value, "__self__", None)).__module__
    return isinstance(home, str) and _is_of_computing(home) and callable(value)


def _is_of_computing(module: str) -> bool:
    return module.partition(".")[0] in MODULES or module == "os.path"
