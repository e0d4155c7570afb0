"""Finds variables that look like settings and are none: they would change nothing, and nobody would know."""

import difflib
from collections.abc import Iterable, Mapping


def misspelt(environment: Mapping[str, str], prefix: str, settings: Iterable[str]) -> list[str]:
    """A reason for each variable that begins with `prefix` and names no setting, with the one that may be meant."""
    known = [name.upper() for name in settings]
    reasons = []
    for name in sorted(environment):
        setting = name.upper().removeprefix(prefix)
        if name.upper().startswith(prefix) and setting not in known:
            close = difflib.get_close_matches(setting, known, n=1)
            reasons.append(f"{name}: there is no such setting" + (f"; is {prefix}{close[0]} meant?" if close else ""))
    return reasons
