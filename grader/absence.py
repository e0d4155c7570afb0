"""What is known of a name that is asked for and not there: where it stands out of reach, or what comes nearest."""

import unicodedata
from collections.abc import Iterable, Sequence

from grader.naming import nearest
from grader.report import Evidence
from grader.sandbox.inside.wire import Definition, OutOfReach


def absence(
    name: str,
    free: Sequence[Definition],
    skipped: Iterable[tuple[int, int, str]],
    out_of_reach: Iterable[OutOfReach],
) -> dict[str, Evidence]:
    """The evidence of a name that is not there. free: definitions that are nothing else that is asked for."""
    for first, _last, what in skipped:
        if what.partition(":")[0] == f"assignment to {name}":  # it is there, but loading does not compute it
            return {"name": name, "nearest": None, "set_on": first}
    owner, dot, own = name.rpartition(".")
    for found in out_of_reach:
        if found.name == own and (found.why or found.inside.startswith(owner + dot)):
            unparsed = {"unparsed": found.why} if found.why else {}
            return {"name": name, "nearest": None, "begins": found.line, "inside": found.inside, **unparsed}
    like = nearest(name, free)
    foreign = next((letter for letter in like or "" if name.isascii() and not letter.isascii()), None)
    told = {"foreign": f"{foreign} ({unicodedata.name(foreign, 'no letter')})"} if foreign else {}
    return {"name": name, "nearest": like, **told}
