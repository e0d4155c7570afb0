"""An earlier call of an object with other numbers of more examples: neither they nor how many they were may stay."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reference.action import Action, Constant

EARLIER = "earlier_"
"""What the kept numbers of an earlier call begin with."""

MORE = 3
"""Examples of the earlier call beyond those of the one that counts: a number that nothing else divides by."""


def with_more_examples(arrays: Mapping[str, int], prefix: str = EARLIER) -> tuple[Action, ...]:
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


def without_earlier(recipe: Sequence[Action]) -> tuple[Action, ...]:
    """The recipe without calls of numbers of an earlier call, and without those that carry nothing right after them."""
    found: list[Action] = []
    skips = False
    for action in recipe:
        takes = any(isinstance(name, str) and name.startswith(f"@{EARLIER}") for name in action.arguments)
        skips = action.do == "call" and (takes or (skips and not action.arguments))
        if not skips:
            found.append(action)
    return tuple(found)


def with_as_many_examples(recipe: Sequence[Action]) -> tuple[Action, ...]:
    """The recipe where the earlier call has no more examples than the one that counts."""
    return tuple(
        replace(action, target="numpy.array", arguments=action.arguments[:1])
        if (action.do, action.target) == ("make", "numpy.pad") and str(action.keep).startswith(EARLIER)
        else action
        for action in recipe
    )


def with_one_call(recipe: Sequence[Action]) -> tuple[Action, ...]:
    """The recipe where of calls that are the same, such as steps one after the other, the last alone is left."""
    later = (recipe[place + 1 :] for place in range(len(recipe)))
    return tuple(
        action for action, rest in zip(recipe, later, strict=True) if action.do != "call" or action not in rest
    )
