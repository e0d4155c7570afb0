"""An earlier call of an object with other numbers of more examples: neither they nor how many they were may stay."""

from collections.abc import Mapping

from reference.action import Action, Constant

MORE = 3
"""Examples of the earlier call beyond those of the one that counts: a number that nothing else divides by."""


def with_more_examples(arrays: Mapping[str, int], prefix: str = "earlier_") -> tuple[Action, ...]:
    """Arrays with their last row MORE times again, each kept as `<prefix><name>`: new ones, and labels stay labels.

    arrays: names of arguments or of what is kept ("@turned_X"), each with its number of axes, the examples first.
    """
    return tuple(
        Action(
            "make",
            "numpy.pad",
            (name, Constant(((0, MORE), *((0, 0) for _ in range(axes - 1)))), Constant("edge")),
            keep=f"{prefix}{name.removeprefix('@turned_')}",
        )
        for name, axes in arrays.items()
    )
