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
    " string copy abc numbers statistics logging time datetime re _functools _collections _operator builtins".split()
)
"""Roots of modules whose functions compute; `builtins` covers methods of literals."""

FILES = frozenset(
    "load loadtxt genfromtxt fromfile fromregex memmap open_memmap save savez savez_compressed savetxt tofile dump"
    " DataSource sleep basicConfig FileHandler show_config show_runtime info seterr seterrcall set_printoptions test"
    " shuffle seed set_state".split()
)
"""Names that read, write, wait, or set something for the whole process, in any of these modules."""

PLAIN_TYPES = (bool, int, float, complex, str, bytes, tuple, list, dict, set, frozenset, range, slice)
NUMPY_TYPES = (np.ndarray, np.generic, np.random.Generator, np.random.RandomState)

NODES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.Starred, ast.Subscript),
    *(ast.Slice, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call, ast.keyword, ast.JoinedStr),
    *(ast.FormattedValue, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
)


def is_plain(node: ast.AST, namespace: Mapping[str, Any], own: Collection[object] | None = None) -> bool:
    """Whether `node` may be evaluated at load, given the names defined so far.

    own: modules whose functions and classes may be called too; None for no other than the computing ones.
    """
    if isinstance(node, ast.Lambda):  # its body does not run
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        return all(is_plain(default, namespace, own) for default in defaults if default)
    if not isinstance(node, NODES):
        return False
    if isinstance(node, ast.Call) and not (_may_call(node.func, namespace) or _is_own(node.func, namespace, own)):
        return False
    return all(is_plain(child, namespace, own) for child in ast.iter_child_nodes(node))


def _is_own(function: ast.expr, namespace: Mapping[str, Any], own: Collection[object] | None) -> bool:
    """Whether a call goes to a function or class that the student's modules `own` define, by its bare name."""
    if own is None or not isinstance(function, ast.Name):
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
        return value.__name__.partition(".")[0] in MODULES
    return type(value) in PLAIN_TYPES or isinstance(value, NUMPY_TYPES) or _computes(value, root.id)


def _computes(value: object, name: str) -> bool:
    """Whether `value`, imported by name, is a function or class of a computing module."""
    if name in FILES or getattr(value, "__name__", name) in FILES:
        return False
    home = getattr(value, "__module__", None) or type(getattr(value, "__self__", None)).__module__
    return isinstance(home, str) and home.partition(".")[0] in MODULES and callable(value)
