"""A Session that calls functions of this process and nothing else: no frames, one copy."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox import Call, Loaded, Reply, Returned
from grader.sandbox.inside import complexes
from grader.sandbox.inside.runner import COMPLEXES
from grader.sandbox.inside.wire import Definition, Kept

OURS: Mapping[str, Callable[..., Any]] = {
    f"{COMPLEXES}.noticing": complexes.noticing,
    f"{COMPLEXES}.seen": complexes.seen,
}
"""What a process of the sandbox has beside the student's functions."""


class DirectSession:
    """What a checker in the student's own process costs; peers have no other."""

    printed = ""

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = {**OURS, **functions}
        self._kept: dict[str, Any] = {}
        self.loaded = Loaded(tuple(Definition(name, 1, 1, (), 0) for name in functions))

    def run(self, calls: Sequence[Call]) -> list[Reply]:
        """Call each with copies of its arrays; what raises passes through."""
        return [self._answered(call) for call in calls]

    def _answered(self, call: Call) -> Reply:
        arguments = [self._kept[one.name] if isinstance(one, Kept) else np.array(one) for one in call.arguments]
        value = self._functions[call.target](*arguments)
        if not call.keep:
            return Returned(value, (), 0.0)
        self._kept[call.keep] = value
        return Returned(None, (), 0.0)
