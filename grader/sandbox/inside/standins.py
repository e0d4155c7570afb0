"""Inert stand-ins for what a submission names and does not get: absent modules, and values set by skipped statements.

A stand-in may be named, passed as a default, used as a decorator or a base class while the file loads. A function that
really uses it raises an ordinary error that says what is missing.
"""

from collections.abc import Callable
from typing import Any, NoReturn


class Loading:
    """Whether the file is still being loaded: decorators and defaults are evaluated only then."""

    def __init__(self) -> None:
        self.active = True


class StandIn:
    """Something that is not there. `_reason` is what its use raises."""

    def __init__(self, label: str, reason: Callable[[str], BaseException], loading: Loading) -> None:
        self._label = label
        self._reason = reason
        self._loading = loading

    def _refuse(self, *_arguments: object, **_keywords: object) -> NoReturn:
        raise self._reason(self._label)

    def __getattr__(self, name: str) -> "StandIn":
        if name.startswith("__"):  # protocols such as __array__ are not there
            raise AttributeError(name)
        return StandIn(f"{self._label}.{name}", self._reason, self._loading)

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        """While loading: a decorator gives its function back, anything else gives a stand-in. Afterwards an error."""
        if not self._loading.active:
            self._refuse()
        if len(arguments) == 1 and not keywords and hasattr(arguments[0], "__name__"):
            return arguments[0]
        return self

    def __getitem__(self, key: object) -> "StandIn":
        """An annotation such as Tensor[float]."""
        if not self._loading.active:
            self._refuse()
        return self

    def __or__(self, other: object) -> "StandIn":
        return self[other]

    __ror__ = __or__

    def __mro_entries__(self, bases: object) -> tuple[type, ...]:
        """As a base class it adds nothing."""
        return ()

    def __instancecheck__(self, instance: object) -> bool:
        """Nothing is an instance of a class that is not there."""
        return False

    def __repr__(self) -> str:
        return f"<{self._label}: not available>"

    __iter__ = __len__ = __bool__ = __enter__ = __float__ = __int__ = __index__ = __array__ = __neg__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __matmul__ = __rmatmul__ = __pow__ = __rpow__ = __lt__ = __le__ = __gt__ = __ge__ = __setitem__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __contains__ = __next__ = __exit__ = __abs__ = _refuse


def is_stand_in(value: object) -> bool:
    """Whether a value is a stand-in, by its type: an object of a student's may raise when it is asked for its class."""
    return issubclass(type(value), StandIn)


def absent_module(name: str, loading: Loading) -> StandIn:
    """For a module that is not installed where code is graded."""
    root = name.partition(".")[0]

    def reason(label: str) -> BaseException:
        return ModuleNotFoundError(f"{label} is used, and {root} is not available where your code is graded")

    return StandIn(name, reason, loading)


def absent_name(name: str, message: str, loading: Loading) -> StandIn:
    """For a name that an import statement could not give."""

    def reason(label: str) -> BaseException:
        return ImportError(message)

    return StandIn(name, reason, loading)


def skipped_value(name: str, line: int, loading: Loading) -> StandIn:
    """For a variable that a skipped top-level statement would have set."""

    def reason(label: str) -> BaseException:
        return NameError(f"name '{name}' is set on line {line}, outside any function, and is not run when graded")

    return StandIn(name, reason, loading)


class Broken:
    """A function or class whose definition raised: using it raises the same error."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def __call__(self, *_arguments: object, **_keywords: object) -> NoReturn:
        """Raise what the definition raised."""
        raise self._error

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):  # copying and the like look for these
            raise AttributeError(name)
        raise self._error
