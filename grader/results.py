"""Reads what a function returned as named tensors, or says why it cannot be read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from grader.origin import origin
from grader.recipe import ABSENT, ALL
from grader.report import Evidence
from grader.sandbox.inside.wire import Foreign, Kept, Value
from reference.spec import Function, Tensor

FloatArray = NDArray[np.float64]

KEYS_TOLD = 12
KEY_CHARACTERS = 60
"""How many keys of a student's dict are told, and how much of each."""

WORDS_OF_TYPES = re.compile(
    r"(?:(?:empty )?ndarray of )?(?:shape \([\d, ]*\)|[\w.]+(?:\[\w+\])?)|int beyond 64 bits|str of \d+ characters"
    r"|dict with keys that are not str|(?:\w+|steps) with too many entries(?: together)?"
)
"""What the sandbox says of a value that cannot cross (encoding.py), where its class has a name as names are."""


@dataclass(frozen=True, slots=True)
class Tensors:
    """Results by name as float64. singles: names of those that came as float32. `lists` says that a list came.

    lacking: of results that come one by one, those that did not, and why; they are empty arrays among the values.
    """

    values: Mapping[str, FloatArray]
    singles: frozenset[str] = frozenset()
    lists: bool = False
    lacking: Mapping[str, "Unreadable"] = field(default_factory=dict)

    @property
    def single(self) -> bool:
        """Whether a float32 array was among them."""
        return bool(self.singles)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What came back is not what was asked: a diagnosis code and its evidence."""

    code: str
    evidence: Mapping[str, Evidence] = field(default_factory=dict)


def read(function: Function, value: Value) -> Tensors | Unreadable:
    """The results of `function` by name: a bare value for one result; a tuple, list or dict for several."""
    if value is None:
        return Unreadable("UNFINISHED", {"returned": "None", **origin(function, function.results[0].name, value)})
    names = [tensor.name for tensor in function.results]
    if len(names) == 1:  # a tuple here is the student's own, of whatever length
        return _read_all({names[0]: _unwrapped(value, names[0])})
    if function.recipe and isinstance(value, tuple) and all(action.result != ALL for action in function.recipe):
        return _read_apart(function, value)
    if isinstance(value, dict):
        found = _by_key(function.results, value)
        return found if isinstance(found, Unreadable) else _read_all(found)
    if isinstance(value, (tuple, list)):
        if value and isinstance(value[-1], dict):  # some in order, the rest by name: (cost, {"d_w1": ...})
            return _in_order_and_by_key(function, value[:-1], value[-1])
        if value and isinstance(value[0], dict):
            first = _in_order_and_by_key(function, value[1:], value[0])
            if isinstance(first, Tensors):  # ({"d_w1": ...}, cost)
                after = ", ".join(names[: len(value) - 1])
                order = {"found": f"dictionary, {after}", "asked": f"{after}, dictionary"}
                return Unreadable("RESULT_ORDER", order)
        if len(value) != len(names):
            return Unreadable("RESULT_COUNT", {"returned": len(value), "expected": len(names)})
        return _read_all(dict(zip(names, value, strict=True)))
    return Unreadable("RESULT_COUNT", {"returned": 1, "expected": len(names), "type": describe(value)})


def _read_apart(function: Function, values: Sequence[Value]) -> Tensors | Unreadable:
    """Results that come one by one: what is lacking costs none of the others."""
    found = {tensor.name: value for tensor, value in zip(function.results, values, strict=True)}
    lacking = {
        name: Unreadable("UNFINISHED", {"tensor": name, "returned": "None", **origin(function, name, value)})
        for name, value in found.items()
        if value is None or (isinstance(value, Foreign) and value == ABSENT)
    }
    if len(lacking) == len(found):
        return next(iter(lacking.values()))
    read = _read_all({name: np.empty(0) if name in lacking else value for name, value in found.items()})
    return replace(read, lacking=lacking) if isinstance(read, Tensors) else read


def _in_order_and_by_key(function: Function, first: Sequence[Value], rest: Mapping[str, Value]) -> Tensors | Unreadable:
    named = function.results[len(first) :]
    if not named:
        return Unreadable("RESULT_COUNT", {"returned": len(first) + 1, "expected": len(function.results)})
    found = _by_key(named, rest)
    if isinstance(found, Unreadable):
        return found
    in_order = dict(zip((tensor.name for tensor in function.results), first, strict=False))
    return _read_all({**in_order, **found})


def _by_key(tensors: Sequence[Tensor], value: Mapping[str, Value]) -> Mapping[str, Value] | Unreadable:
    keys = {tensor.name: tensor.key or tensor.name for tensor in tensors}
    missing = [key for key in keys.values() if key not in value]
    if missing:
        found = sorted(key[:KEY_CHARACTERS] for key in value)[:KEYS_TOLD]
        return Unreadable("KEYS", {"missing": list(missing), "found": list(found)})
    return {name: value[key] for name, key in keys.items()}


def describe(value: Value) -> str:
    """A value's type in the student's words, for a sentence: of a class only a name, which could be any text."""
    if isinstance(value, Foreign):
        return value.type_name if WORDS_OF_TYPES.fullmatch(value.type_name) else "object"
    if isinstance(value, np.ndarray):
        return f"{value.dtype} array of shape {value.shape}"
    return "object" if isinstance(value, Kept) else type(value).__name__


def _unwrapped(value: Value, name: str) -> Value:
    """A tuple of one or a dict with the result's name stands for the result itself."""
    if isinstance(value, tuple) and len(value) == 1:
        return value[0]
    if isinstance(value, dict) and name in value:
        return value[name]
    return value


def _read_all(values: Mapping[str, Value]) -> Tensors | Unreadable:
    found: dict[str, FloatArray] = {}
    singles: set[str] = set()
    lists = False
    for name, value in values.items():
        array = _array(value)
        if array is None:
            code = "UNFINISHED" if value is None else "RESULT_TYPE"
            return Unreadable(code, {"tensor": name, "returned": describe(value)})
        if array.dtype in (np.float32, np.float16):
            singles.add(name)
        lists = lists or isinstance(value, (list, tuple))
        found[name] = array.astype(np.float64)
    return Tensors(found, frozenset(singles), lists)


def _array(value: Value) -> NDArray[np.generic] | None:
    """`value` as a real array, or None: complex numbers, text, objects and ragged lists are not one."""
    if isinstance(value, (list, tuple)):
        try:
            plain = set(map(type, value)) <= {bool, int, float}  # a long row of numbers is one array, not a thousand
            value = np.asarray(value if plain else [_array(entry) for entry in value])
        except ValueError:  # ragged rows
            return None
    if isinstance(value, bool | int | float):
        return np.asarray(value)
    if isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        return value
    return None
