"""Makes whole files of snippets: one for each function, drawn so that what calls another can use what it returns."""

from collections.abc import Mapping, Sequence

import numpy as np

from tests.students.snippets import Snippet

TRIES = 200


def composed(chosen: Mapping[str, Snippet]) -> str:
    """One file of one snippet for each function, in the order given."""
    return "\n\n".join(snippet.source for snippet in chosen.values())


def drawn(
    shelf: Sequence[Snippet], functions: Sequence[str], rng: np.random.Generator, columns: bool = False
) -> dict[str, Snippet]:
    """One snippet for each of `functions`, at random among those that fit together."""
    choices = {name: [s for s in shelf if s.function == name and s.columns == columns] for name in functions}
    chosen = {name: choices[name][rng.integers(len(choices[name]))] for name in functions}
    for _ in range(TRIES):
        clashes = clashing(chosen)
        if not clashes:
            return chosen
        for name in clashes:
            chosen[name] = choices[name][rng.integers(len(choices[name]))]
    raise RuntimeError("no snippets fit together")


def clashing(chosen: Mapping[str, Snippet]) -> list[str]:
    """Functions whose results some other chosen snippet cannot use, and those that cannot use them."""
    clashes = [
        (name, other)
        for name, snippet in chosen.items()
        for other, caller in chosen.items()
        if caller is not snippet and not snippet.fits(caller)
    ]
    return list(dict.fromkeys(name for clash in clashes for name in clash))
