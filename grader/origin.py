"""Where a result comes from: the function that returns it, or the method that leaves it in an attribute."""

from collections.abc import Mapping

from grader.recipe import ABSENT, ALL
from grader.report import Evidence
from grader.sandbox.inside.wire import Value
from reference.spec import Function


def origin(function: Function, result: str, value: Value) -> Mapping[str, Evidence]:
    """The evidence of a result that is not there. result: its name in the recipe; value: None, or ABSENT."""
    place, action = next(((n, a) for n, a in enumerate(function.recipe) if a.result in {result, ALL}), (0, None))
    kept, dot, own = action.target.partition(".") if action is not None else ("", "", "")
    if action is None or not dot:
        return {"by": function.name}
    made = {made.keep: made.target for made in function.recipe if made.do == "make"}
    owner = made.get(kept.removeprefix("@"), kept)
    if action.do == "call":
        return {"by": f"{owner}.{own}"}
    called = [a.target for a in function.recipe[:place] if a.do == "call" and a.target.startswith(f"{kept}.")]
    by = f"{owner}.{called[-1].partition('.')[2]}" if called else owner
    return {"by": by, "unset": own, "left": "missing" if value == ABSENT else "None"}
