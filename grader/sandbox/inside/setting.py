"""Reads `setattr(Net, "fit", fit)` as the assignment that it is: methods are given to a class in either way."""

import ast
from collections.abc import Collection


def as_assignment(node: ast.stmt, names: Collection[str]) -> ast.Assign | None:
    """`Net.fit = fit` in place of the call; None for any other statement, such as one with a name that is computed.

    names: those that the file has set so far.
    """
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != "setattr":
        return None
    if len(call.args) != 3 or call.keywords or "setattr" in names:
        return None
    of, name, value = call.args
    if not isinstance(name, ast.Constant) or not isinstance(name.value, str) or not name.value.isidentifier():
        return None
    target = ast.copy_location(ast.Attribute(of, name.value, ast.Store()), of)
    return ast.copy_location(ast.Assign([target], value), node)
