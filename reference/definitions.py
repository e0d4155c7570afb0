"""Which functions a file of ours defines, and in which two differ: read as syntax, never run."""

import ast


def definitions(source: str) -> dict[str, str]:
    """Every top-level function, and every method as Class.method, with its syntax tree as text.

    Docstrings count. Raises SyntaxError.
    """
    found: dict[str, str] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = ast.dump(node)
        elif isinstance(node, ast.ClassDef):
            methods = (member for member in node.body if isinstance(member, ast.FunctionDef))
            found |= {f"{node.name}.{method.name}": ast.dump(method) for method in methods}
    return found


def changed_functions(source: str, original: str) -> set[str]:
    """The functions whose code differs between two files, added and removed ones included. Raises SyntaxError."""
    ours, theirs = definitions(source), definitions(original)
    return {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
