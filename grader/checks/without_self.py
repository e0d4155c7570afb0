"""A method whose parameters begin without self, which Python tells as one argument too many."""

import re
from collections.abc import Iterable

from grader.report import Evidence
from grader.sandbox import Raised
from grader.sandbox.inside.wire import Definition

TOO_MANY = re.compile(r"(?:.*\.)?(\w+\.\w+)\(\) takes (\d+) positional arguments? but (\d+) were given")


def without_self(reply: Raised, definitions: Iterable[Definition]) -> dict[str, Evidence] | None:
    """The evidence of the method that was called with one argument more than it takes; None where it is another."""
    told = TOO_MANY.fullmatch(reply.message) if reply.type_name == "TypeError" else None
    found = next((each for each in definitions if told is not None and each.name == told[1]), None)
    if told is None or found is None or int(told[3]) != int(told[2]) + 1 or "self" in found.parameters:
        return None
    asked: list[Evidence] = ["self", *found.parameters]
    return {"without_self": found.name, "parameters": list(found.parameters), "asked": asked}
