"""How a right value follows from the student's own earlier functions, and where a derivative jumps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Computed:
    """A step between functions that the student does not write: `form` of answers.py on values known by name."""

    form: str
    arguments: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One call on the way to a scalar loss: `function` on values known by name, its results named."""

    function: str
    arguments: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """What is right given the student's own earlier functions, so that one mistake costs one part.

    The steps run in the sandbox; `form`, a function of answers.py, then computes the results from the values named by
    `arguments`. With form None the results are those of the steps themselves.
    """

    steps: tuple[Step | Computed, ...]
    form: str | None = None
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kinks:
    """Where a derivative jumps: `form`, a function of answers.py, changes a sign exactly there.

    Its result for the values named by `arguments` is the pre-activations of a ReLU, or the differences in a window.
    """

    form: str
    arguments: tuple[str, ...]
