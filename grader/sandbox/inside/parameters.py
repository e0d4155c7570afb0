"""Which arguments a student's callable takes by position and which by name, where its stars and slashes ask for it.

The assignment says the order and the names; a `*`, a `/` or `**options` among a student's parameters changes neither,
so it costs nothing. What fits nowhere is left as it is: then Python says what is wrong.
"""

import inspect
import types
from collections.abc import Mapping, Sequence
from typing import Any

_STARRED = inspect.CO_VARKEYWORDS
_BY_NAME = inspect.Parameter.KEYWORD_ONLY
_BY_PLACE = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


def as_taken(
    function: Any, names: Sequence[str], arguments: tuple[Any, ...], keywords: Mapping[str, Any]
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """`arguments`, the first of which have these names, and `keywords`, as `function` takes them."""
    try:
        if _is_plain(function):
            return arguments, keywords
        parameters = list(inspect.signature(function).parameters.values())
    except MemoryError:
        raise
    except BaseException:  # it says nothing of its parameters, or what it has made of them; or a hook refuses to look
        return arguments, keywords
    return _arranged(parameters, names, arguments, keywords)


def _is_plain(function: Any) -> bool:
    """Whether it takes everything by position and by name alike: nearly every function does."""
    if type(function) is types.MethodType:
        function = function.__func__
    if type(function) is not types.FunctionType:
        return type(function) is types.BuiltinFunctionType  # NumPy's own, of the assignment's recipe
    code = function.__code__
    return not (code.co_kwonlyargcount or code.co_posonlyargcount or code.co_flags & _STARRED)


def _arranged(
    parameters: Sequence[inspect.Parameter],
    names: Sequence[str],
    arguments: tuple[Any, ...],
    keywords: Mapping[str, Any],
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    named = [each.name for each in parameters if each.kind is _BY_NAME]
    placed = [each for each in parameters if each.kind in _BY_PLACE]
    called = [*names, *("" for _ in arguments[len(names) :])]
    by_name = {name: value for name, value in zip(called, arguments, strict=True) if name in named}
    rest = [(name, value) for name, value in zip(called, arguments, strict=True) if name not in named]
    left = dict(keywords)
    # A keyword of a parameter that only a place reaches: those between have their defaults or were given before it.
    for each in placed[len(rest) :]:
        if each.kind is not inspect.Parameter.POSITIONAL_ONLY or each.name not in left:
            break
        rest.append((each.name, left.pop(each.name)))
    if not any(each.kind is inspect.Parameter.VAR_POSITIONAL for each in parameters):
        beyond = rest[len(placed) :]
        free = [name for name in named if name not in by_name and name not in left]
        if len(beyond) <= len(free):
            by_name |= {name: value for name, (_, value) in zip(free, beyond, strict=False)}
            rest = rest[: len(placed)]
        elif any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters) and all(n for n, _ in beyond):
            by_name |= dict(beyond)
            rest = rest[: len(placed)]
    return tuple(value for _, value in rest), {**by_name, **left}
