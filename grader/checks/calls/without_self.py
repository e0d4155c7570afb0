"""A method whose parameters begin without self, which Python tells as one argument too many."""

import re
from collections.abc import Iterable

from grader.report import Evidence
from grader.sandbox import Raised
from grader.sandbox.inside.wire import Definition

OBJECTS = frozenset({"self", "cls", "this", "me", "_", "_self", "s"})
"""What the first parameter of a method is called: it takes the object, or a classmethod's class."""

TOO_MANY = re.compile(r"(?:.*\.)?(\w+\.\w+)\(\) takes (\d+) positional arguments? but (\d+) were given")


def without_self(reply: Raised, definitions: Iterable[Definition]) -> dict[str, Evidence] | None:
    """The evidence of the method that was called with one argument more than it takes; None where it is another."""
    told = TOO_MANY.fullmatch(reply.message) if reply.type_name == "TypeError" else None
    found = next((each for each in definitions if told is not None and each.name == told[1]), None)
    if told is None or found is None or int(told[3]) != int(told[2]) + 1 or _takes_its_object(found):
        return None
    asked: list[Evidence] = ["self", *found.parameters]
    return {"without_self": found.name, "parameters": list(found.parameters), "asked": asked}


def _takes_its_object(found: Definition) -> bool:
    """Whether an argument too many is not the object: it has a parameter of its own, or does not come at all."""
    return found.static or "self" in found.parameters or begins_with_object(found)


def begins_with_object(found: Definition) -> bool:
    """Whether the first parameter of a method is its object, by its name."""
    return "." in found.name and not found.static and found.parameters[:1] in {(name,) for name in OBJECTS}
