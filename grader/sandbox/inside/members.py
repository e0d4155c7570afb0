"""Lists what a class has that its own statement does not show: what it inherits, and names bound to functions.

Read from the classes as they stand once the file is loaded. Nothing of a student's runs: a class is asked through
`type`, past what its metaclass may answer, and an attribute only for its type.
"""

import types
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import partialmethod
from typing import Any

from grader.sandbox.inside.definitions import of_value
from grader.sandbox.inside.wire import Definition

_BASES = type.__dict__["__mro__"].__get__
_OWN_NAMES = type.__dict__["__dict__"].__get__


def of_classes(
    found: Mapping[str, Definition], namespace: Mapping[str, Any], files: Collection[str], entry: str
) -> Iterator[Definition]:
    """What `found` lacks of its classes: methods ("Class.method") that they were given otherwise, and parameters.

    A method that stands in another file than `entry` has no lines, as it is with functions.
    """
    for name, known in found.items():
        value: Any = namespace.get(name)
        if not issubclass(type(value), type):  # isinstance would ask the value itself
            continue
        of_class = known.first_line, known.last_line
        for method, raw in _members(value).items():
            spelling = f"{name}.{method}"
            if spelling in found:
                continue
            try:
                given = _definition(spelling, raw, of_class, files, entry)
            except MemoryError:
                raise
            except BaseException:  # what they have made of a function's own attributes
                given = Definition(spelling, *of_class)
            if given is not None:
                yield given
                if method == "__init__" and not known.parameters:
                    yield replace(known, parameters=given.parameters[1:], required=max(0, given.required - 1))


def _members(of: type) -> dict[str, Any]:
    """What the class and its bases hold by name, but for what every class has."""
    held: dict[str, Any] = {}
    for base in reversed(_BASES(of)):
        if base is not object:
            held.update((name, raw) for name, raw in _OWN_NAMES(base).items() if type(name) is str)
    return {name: raw for name, raw in held.items() if name.isidentifier() and not _is_special(name)}


def _is_special(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name not in ("__call__", "__init__")


def _definition(
    name: str, raw: Any, of_class: tuple[int, int], files: Collection[str], entry: str
) -> Definition | None:
    static = type(raw) is staticmethod
    if type(raw) in (staticmethod, classmethod):
        raw = raw.__func__
    if type(raw) is partialmethod:
        return Definition(name, *of_class)
    if type(raw) is types.FunctionType and raw.__code__.co_filename in files:
        of_class = _lines(raw.__code__) if raw.__code__.co_filename == entry else (0, 0)
    found = of_value(name, raw, of_class, files)
    return replace(found, static=True) if found is not None and static else found


def _lines(code: types.CodeType) -> tuple[int, int]:
    """First and last line, with those of the functions inside."""
    within = [_lines(inner)[1] for inner in code.co_consts if type(inner) is types.CodeType]
    own = [line for _, _, line in code.co_lines() if line]
    return code.co_firstlineno, max([code.co_firstlineno, *own, *within])
