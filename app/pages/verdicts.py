"""How each verdict looks: an icon, a tone, and whether points are full, some or none. Never colour alone."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from grader.report import Score, Verdict


class Share(StrEnum):
    """How much of some points was earned."""

    FULL = "full"
    SOME = "some"
    NONE = "none"


ICONS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.PASSED: "check",
        Verdict.WRONG: "cross",
        Verdict.RAISED: "alert",
        Verdict.TIME_LIMIT: "clock",
        Verdict.MEMORY_LIMIT: "stop",
        Verdict.OUTPUT_LIMIT: "stop",
        Verdict.FORBIDDEN: "stop",
        Verdict.CRASHED: "alert",
        Verdict.NO_RESULT: "cross",
        Verdict.MISSING: "absent",
        Verdict.SKIPPED: "skipped",
    }
)
SHARE_ICONS: Mapping[Share, str] = MappingProxyType({Share.FULL: "check", Share.SOME: "half", Share.NONE: "cross"})


def tone(verdict: Verdict) -> str:
    """The colour of a verdict's icon and word, as a class."""
    if verdict is Verdict.PASSED:
        return "good"
    return "muted" if verdict is Verdict.SKIPPED else "bad"


def share(score: Score) -> Share:
    """Full points, none, or some; a part worth nothing counts as full."""
    if score.given >= score.maximum:
        return Share.FULL
    return Share.SOME if score.given > 0 else Share.NONE
