"""The kinds of events that the code writes for a course, read from the code: wherever one is added with a course_id.

A kind that is a parameter is looked for where the function is called, one that is a name where that is given a value.
"""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """A call, with the module and the innermost function that it stands in."""

    module: ast.Module
    function: Function | None
    call: ast.Call


def written_kinds() -> set[str]:
    """Of every events.add() of app and submissions that names a course."""
    places = [
        place
        for package in ("app", "submissions")
        for path in sorted((ROOT / package).rglob("*.py"))
        for place in _places(ast.parse(path.read_text(encoding="utf-8")))
    ]
    return {
        kind
        for place in places
        if _is_add(place.call) and any(one.arg in ("course_id", None) for one in place.call.keywords)
        for kind in _values(place.call.args[0], place, places)
    }


def _is_add(call: ast.Call) -> bool:
    return ast.unparse(call.func).endswith("events.add")


def _places(module: ast.Module) -> Iterator[Place]:
    def walk(node: ast.AST, function: Function | None) -> Iterator[Place]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                yield Place(module, function, child)
            yield from walk(child, child if isinstance(child, Function) else function)

    yield from walk(module, None)


def _values(node: ast.expr, place: Place, places: list[Place]) -> set[str]:
    """What an expression can be."""
    match node:
        case ast.Constant(value=str(kind)):
            return {kind}
        case ast.IfExp(body=body, orelse=other):
            return _values(body, place, places) | _values(other, place, places)
        case ast.Name(id=name):
            return _named(name, place, places)
    raise AssertionError(f"line {node.lineno}: write the kind so that this test can read it: {ast.unparse(node)}")


def _named(name: str, place: Place, places: list[Place]) -> set[str]:
    """What a name is: a parameter, a variable of the function, or a constant of this module or of another."""
    function = place.function
    if function and name in (parameters := [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]):
        calls = [one for one in places if _calls(one, function, place.module)]
        arguments = [(_argument(one.call, name, parameters.index(name)), one) for one in calls]
        return {kind for argument, one in arguments for kind in _values(argument, one, places)}
    inner: Sequence[ast.AST] = list(ast.walk(function)) if function else []
    modules = {id(one.module): one.module for one in (place, *places)}
    scopes: list[Sequence[ast.AST]] = [inner, *(module.body for module in modules.values())]
    for scope in scopes:
        given = [one.value for one in scope if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name]
        if given:
            return {kind for value in given for kind in _values(value, place, places)}
    raise AssertionError(f"line {place.call.lineno}: nothing says what {name} is")


def _calls(place: Place, function: Function, module: ast.Module) -> bool:
    """Whether the call is of this function of the module; what begins with an underscore is not called from others."""
    called = ast.unparse(place.call.func).rpartition(".")[2]
    return called == function.name and (place.module is module or not function.name.startswith("_"))


def _argument(call: ast.Call, name: str, position: int) -> ast.expr:
    return next((one.value for one in call.keywords if one.arg == name), None) or call.args[position]
