"""The strength of a regularisation, where a strength of 0 is taken for one that was not given."""

from grader.diagnosis.recipe import Step, formula

DEFAULTS = (1.0, 0.5, 0.1, 0.05, 0.01, 0.005, 0.001, 5e-4, 1e-4, 1e-5)
"""What files have in its place: the defaults of handouts and of their relatives."""


def strength_as(name: str) -> Step:
    """The step that gives the strength, called `name` by the assignment.

    Which value it is that stands in the place of 0 is not told: at 0 nobody knows a factor 1/2 from none.
    """
    found = f"a regularisation by another {name} where 0 is given, as `{name} or a default` is,"
    ways = (formula(found, lambda strength, value=value: strength or value) for value in DEFAULTS)
    return Step("strength", f"a regularisation by the {name} that is given", lambda strength: strength, tuple(ways))
