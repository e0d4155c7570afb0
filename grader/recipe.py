"""Turns a function's recipe into calls of the sandbox, and their replies into one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from grader.naming import Binding
from grader.sandbox import Call, Raised, Reply, Returned
from grader.sandbox.inside.wire import Foreign, Kept, Value
from reference.action import Do
from reference.spec import Action, Constant, Function, Group, Listed

ALL = "*"

ABSENT = Foreign("no attribute")
"""Stands for the value of an attribute that is not there."""

OPERATIONS: Mapping[Do, Literal["call", "read", "assign"]] = {
    "make": "call",
    "set": "assign",
    "get": "read",
    "call": "call",
}
"""How the sandbox names what a recipe does."""


def calls(
    binding: Binding,
    recipe: Sequence[Action],
    values: Mapping[str, Value],
    further: Call,
    classes: Mapping[str, str],
) -> list[Call]:
    """The steps of one row of arguments, by name.

    further: what every step has (seed, limits, hyperparameters). classes: the student's spelling of each class.
    """
    method = binding.spelling.rpartition(".")[2]
    found = []
    for action in recipe:
        given = tuple(_given(argument, values) for argument in action.arguments)
        target = classes.get(action.target, action.target)
        if action.do == "call" and _is_method(action, binding):
            target = f"{target.partition('.')[0]}.{method}"
        found.append(
            replace(
                further,
                target=target,
                arguments=(*given, *(further.arguments if action.further else ())),
                names=(*map(_name, action.arguments), *(further.names if action.further else ())),
                keywords=further.keywords if action.further else {},
                operation=OPERATIONS[action.do],
                keep=action.keep or None,
                echo=further.echo and action.do == "call",
                quiet=not action.result,
            )
        )
    return found


def one_reply(
    function: Function,
    recipe: Sequence[Action],
    steps: Sequence[Call],
    reply: Reply,
    arguments: Sequence[NDArray[Any]],
    absent: Sequence[Action] = (),
) -> Reply:
    """What the recipe gave, by its `steps`: the results and the arguments after it, or a reply that has no values.

    absent: reads of attributes that are not there, which were left out.
    """
    if not isinstance(reply, Returned):
        return reply
    results: dict[str, Value] = {}
    now: dict[str, Value] = dict(zip((t.name for t in function.arguments), arguments, strict=True))
    before = dict(now)
    told = [action for action, step in zip(recipe, steps, strict=True) if step.tells]
    pairs = cast("tuple[tuple[Value, tuple[Value, ...]], ...]", reply.value)
    for action, (given, afterwards) in zip(told, pairs, strict=True):
        if action.result:
            results[action.result] = _followed(action, given, before) if action.step_of else given
        for argument, after in zip(action.arguments, afterwards, strict=False):
            now |= _after(argument, after)
    results = {**dict.fromkeys((action.result for action in absent), ABSENT), **results}
    value = results[ALL] if ALL in results else tuple(results[t.name] for t in function.results)
    if len(function.results) == 1 and ALL not in results:
        value = results[function.results[0].name]
    return Returned(value, tuple(now.values()), reply.seconds)


def unread(recipe: Sequence[Action], replies: Sequence[Reply]) -> Action | None:
    """The read of one of several results that raised, for the object has no attribute of that name."""
    for reply in replies:
        if isinstance(reply, Raised) and reply.type_name == "AttributeError" and not reply.trace:
            reads = (action for action in recipe if action.do == "get" and action.result not in {"", ALL})
            found = next((r for r in reads if f"no attribute '{r.target.rpartition('.')[2]}'" in reply.message), None)
            if found is not None:
                return found
    return None


def _followed(action: Action, after: Value, before: Mapping[str, Value]) -> Value:
    """The gradient that led from an argument to what it is now; an array of another kind is left as it is."""
    start, rate = before[action.step_of], before[action.rate]
    if not (isinstance(after, np.ndarray) and isinstance(start, np.ndarray) and isinstance(rate, np.ndarray)):
        return after
    if after.dtype.kind not in "fiu" or after.shape != start.shape:
        return after
    with np.errstate(all="ignore"):  # overflow is an answer too
        return np.asarray((start - after.astype(np.float64)) / rate)


def is_called(function: Function) -> bool:
    """Whether a function is a call of what it is bound to: networks of layers are bound to a class and call many."""
    method = function.definition.rpartition(".")[2]
    calls_it = any(a.do == "call" and a.target.rpartition(".")[2] == method for a in function.recipe)
    return not function.bound_to or calls_it


def parameters(function: Function) -> list[str] | None:
    """The names of what the student's own function takes, a dict counting as one; without further hyperparameters.

    None for a class, of which several things are called.
    """
    if not function.recipe:
        return [tensor.name for tensor in function.arguments]
    own = _own_call(function)
    return list(takewhile(bool, map(_name, own.arguments))) if own is not None else None


def takes_further(function: Function) -> bool:
    """Whether hyperparameters follow what `parameters` names."""
    own = _own_call(function)
    return not function.recipe or (own is not None and own.further)


def _own_call(function: Function) -> Action | None:
    """The last call of the student's own function in its recipe."""
    method = function.definition.rpartition(".")[2]
    own = [a for a in function.recipe if a.do == "call" and a.target.rpartition(".")[2] == method]
    return own[-1] if own else None


def _name(argument: str | Group | Listed | Constant) -> str:
    """What the parameter that takes it is called; empty for a list of kept objects."""
    if isinstance(argument, Listed):
        return ""
    return argument.removeprefix("@") if isinstance(argument, str) else argument.name


def _given(argument: str | Group | Listed | Constant, values: Mapping[str, Value]) -> Value:
    if isinstance(argument, Constant):
        return argument.value
    if isinstance(argument, Listed):
        return [Kept(name.removeprefix("@")) for name in argument.names]
    if isinstance(argument, str) and argument.startswith("@"):
        return Kept(argument.removeprefix("@"))
    if isinstance(argument, Group):
        return {key: values[name] for key, name in argument.keys.items()}
    return values[argument]


def _after(argument: str | Group | Listed | Constant, after: Value) -> dict[str, Value]:
    """The arrays of an argument after the call; what is no array any more counts as changed. Kept objects have none."""
    if isinstance(argument, (Listed, Constant)) or (isinstance(argument, str) and argument.startswith("@")):
        return {}
    if isinstance(argument, Group):
        entries = after if isinstance(after, dict) else {}
        return {name: _array(entries.get(key)) for key, name in argument.keys.items()}
    return {argument: _array(after)}


def _array(value: Value) -> Value:
    return value if isinstance(value, np.ndarray) else None


def class_spellings(bindings: Iterable[Binding]) -> Mapping[str, str]:
    """For each class that an assignment asks for, or for whose methods it asks, what the student calls it."""
    return {b.function.definition.partition(".")[0]: b.spelling.partition(".")[0] for b in bindings}


def _is_method(action: Action, binding: Binding) -> bool:
    """Whether an action calls the very method that is bound."""
    name = binding.function.name
    return "." in name and action.target.rpartition(".")[2] == name.rpartition(".")[2]
