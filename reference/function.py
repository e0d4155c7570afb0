"""A function that a student writes: what goes in, what comes out, how it is called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reference.action import Action
from reference.operation import Operation


class Draw(StrEnum):
    """How a probe draws the values of an argument."""

    NORMAL = "normal"  # standard normal times the probe's scale
    LOGITS = "logits"  # as NORMAL; a stability case may replace them by rows of 1000
    WEIGHTS = "weights"  # normal, scaled by 1/sqrt(rows), times the probe's scale
    BIAS = "bias"  # standard normal times 0.5: never zero, so that a forgotten bias shows
    ONE_HOT = "one_hot"  # one random class a row, every class present when N >= C
    PROBABILITIES = "probabilities"  # rows that sum to 1, every entry above 1e-3
    LABELS = "labels"  # whole class numbers 0 to C-1, every class present when N >= C
    UPSTREAM = "upstream"  # standard normal, never all ones; ten times that in the probe of one sample
    SIZE = "size"  # a whole number: the length of the axis that the tensor names with `of`, or that number itself
    CHOICE = "choice"  # the text that the tensor names with `of`
    SEED = "seed"  # a whole number from which everything random of a training comes
    RATE = "rate"  # a number between 0.05 and 0.5
    STRENGTH = "strength"  # a number: 0 in one probe, 1 in another, something else in the rest


@dataclass(frozen=True, slots=True)
class Tensor:
    """An argument or a result: float64 of shape `axes`; () is a number. LABELS and SIZE are whole numbers.

    of: for a SIZE, the axis whose length it is; for a CHOICE, the text. column: a result (N,) that may also come as
    (N, 1). row: a result (H,) that may also come as (1, H). key: its name in a dict that the function returns, where it
    is another one.
    """

    name: str
    axes: tuple[str, ...]
    draw: Draw = Draw.NORMAL
    of: str = ""
    column: bool = False
    row: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another spelling of a function that counts as the function, matched without regard to case.

    `forms` names the functions of answers.py that are right under this spelling, the asked one first; empty: the
    function's own. words: for each argument, in lower case, how its parameter may begin; where all parameters can be
    told apart by them, they may stand in any order under this spelling.
    """

    name: str
    forms: tuple[str, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is right under the function's own name where a parameter of the student's is called one of `parameters`.

    They are in lower case. forms: as in Alias.
    """

    parameters: frozenset[str]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Another function of answers.py that is right too, as a whole, under every spelling; the note says how.

    note: "" where there is nothing to say.
    when: a function that must be right for it to count, such as the whole chain of which this is one link.
    """

    form: str
    note: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """A function the student writes: its name, what goes in (in order) and what comes out (a tuple if several).

    name: "relu", "FCLayer" for a class or "NetClassifier.fit" for a method. bound_to: the definition that it is where
    that has another name. recipe: how it is called where that is not one call of `name`.
    form: the right function in answers.py, where it is not called as this one is.
    readings: what parameters may say of the function under its own name.
    settled: for an argument, the function of answers.py that makes it of all drawn ones (labels, some of them right).
    """

    name: str
    operation: Operation
    arguments: tuple[Tensor, ...]
    results: tuple[Tensor, ...]
    aliases: tuple[Alias, ...] = ()
    readings: tuple[Reading, ...] = ()
    variants: tuple[Variant, ...] = ()
    recipe: tuple[Action, ...] = ()
    bound_to: str = ""
    form: str = ""
    settled: Mapping[str, str] = field(default_factory=dict)

    @property
    def definition(self) -> str:
        """The name of the definition that it is in a student's file."""
        return self.bound_to or self.name

    def is_defined_by(self, name: str) -> bool:
        """Whether a definition is it, or a method of the class that it is."""
        return name == self.definition or name.startswith(f"{self.definition}.")

    @property
    def answer(self) -> str:
        """The name of the right function in answers.py: a method's without its class."""
        return self.form or self.name.rpartition(".")[2]
