"""Lists what a file defines: functions, classes, methods and names bound to functions, with lines and parameters."""

import ast
import types
from collections.abc import Collection, Iterator
from typing import Any

from grader.sandbox.inside.wire import Definition

MAX_DEFINITIONS = 1_000
VALUES = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.List, ast.Dict, ast.JoinedStr, type(None))
"""What an attribute of a class may be set to that is no method."""


def parameters_of(arguments: ast.arguments, skip: int = 0) -> tuple[tuple[str, ...], int]:
    """Parameter names as written ("*args" and "**kw" with their stars) and how many positional ones are required."""
    positional = [argument.arg for argument in [*arguments.posonlyargs, *arguments.args]]
    names = positional[skip:]
    required = max(0, len(positional) - len(arguments.defaults) - skip)
    if arguments.vararg:
        names.append(f"*{arguments.vararg.arg}")
    names += [argument.arg for argument in arguments.kwonlyargs]
    if arguments.kwarg:
        names.append(f"**{arguments.kwarg.arg}")
    return tuple(names), required


def of_statement(node: ast.stmt) -> Iterator[Definition]:
    """Definitions of a def, a class with its methods ("Class.method"), or a name bound to a lambda."""
    first, last = node.lineno, node.end_lineno or node.lineno
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield Definition(node.name, first, last, *parameters_of(node.args))
    elif isinstance(node, ast.ClassDef):
        methods = [method for method in node.body if isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef))]
        makers = [method for method in methods if method.name == "__init__"]
        yield Definition(node.name, first, last, *(parameters_of(makers[-1].args, 1) if makers else ((), 0)))
        for method in methods:
            lines = method.lineno, method.end_lineno or method.lineno
            yield Definition(f"{node.name}.{method.name}", *lines, *parameters_of(method.args), _is_static(method))
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield Definition(target.id, first, last, *parameters_of(node.value.args))


def _is_static(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in method.decorator_list)


def shows_all(node: ast.ClassDef) -> bool:
    """Whether a class statement says by itself which methods the class has; members.py finds the others."""
    return not (node.bases or node.keywords or node.decorator_list) and all(map(_says_what_it_gives, node.body))


def _says_what_it_gives(node: ast.stmt) -> bool:
    if isinstance(node, (ast.Assign, ast.AnnAssign)):
        return isinstance(node.value, VALUES)
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass, ast.Expr))


def of_value(name: str, value: Any, lines: tuple[int, int], files: Collection[str]) -> Definition | None:
    """A name bound to a callable in another way: an alias, an import from another file, np.vectorize."""
    if not callable(value):
        return None
    bound = type(value) is types.MethodType  # its self is given already
    function = value.__func__ if bound else value
    # By its type alone: an object that can be called may raise whatever it is asked for.
    if type(function) is not types.FunctionType or function.__code__.co_filename not in files:
        return Definition(name, *lines)
    code = function.__code__
    names = code.co_varnames[int(bound) : code.co_argcount]
    defaults = function.__defaults__ or ()
    return Definition(name, *lines, tuple(names), len(names) - len(defaults))
