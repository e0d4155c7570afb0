"""Which definitions of a file an asked function uses: read as syntax, by names, never run.

A name counts as a use wherever it stands, and a method's name as a use of every method called so: too much is reached
rather than too little, so that no slip is left out which a student could be asked about.
"""

import ast
from collections.abc import Collection, Iterator, Mapping

from reference.spec import Action, Function, Listed


def reached(source: str, function: Function) -> frozenset[str]:
    """The definitions behind `function`, as "name", "Class" (what stands outside its methods) and "Class.method"."""
    known = _definitions(source)
    found: set[str] = set()
    waiting = list(_first(function, known))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _uses(known[name], known)
    return frozenset(found)


def _definitions(source: str) -> dict[str, tuple[ast.AST, ...]]:
    """What stands in each definition; a class has what is in no method of it."""
    found: dict[str, tuple[ast.AST, ...]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            found[node.name] = (node,)
        elif isinstance(node, ast.ClassDef):
            methods = [member for member in node.body if isinstance(member, ast.FunctionDef)]
            found[node.name] = (*node.bases, *(member for member in node.body if member not in methods))
            found |= {f"{node.name}.{method.name}": (method,) for method in methods}
    return found


def _first(function: Function, known: Collection[str]) -> Iterator[str]:
    """What is called from outside."""
    if function.definition in known:
        yield function.definition
    classes = {action.target for action in function.recipe if action.target in known}
    for name in classes:
        yield from (name, *(method for method in _methods(name, known) if method.endswith(".__init__")))
    # Our own loop calls the methods of the layers it gets by names that stand in no recipe.
    everything = any(action.target.startswith("~") for action in function.recipe)
    called = {action.target.rpartition(".")[2] for action in function.recipe}
    for name in {name.partition(".")[0] for name in (*classes, function.definition)}:
        for method in _methods(name, known):
            if everything or method.rpartition(".")[2] in called or _is_passed(function.recipe):
                yield method


def _is_passed(recipe: tuple[Action, ...]) -> bool:
    return any(
        isinstance(argument, Listed) for action in recipe if action.do == "call" for argument in action.arguments
    )


def _methods(name: str, known: Collection[str]) -> list[str]:
    return [method for method in known if method.startswith(f"{name}.")]


def _uses(nodes: tuple[ast.AST, ...], known: Mapping[str, object]) -> Iterator[str]:
    for node in (below for top in nodes for below in ast.walk(top)):
        if isinstance(node, ast.Name) and node.id in known:
            yield node.id
            yield from (method for method in _methods(node.id, known) if method.endswith(".__init__"))
        elif isinstance(node, ast.Attribute):
            yield from (method for method in known if method.endswith(f".{node.attr}"))
