"""What people read of a kind of check: one or two words for what was looked at."""

from collections.abc import Mapping
from types import MappingProxyType

from grader.translation import gettext as _
from grader.translation import gettext_noop

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "batch": gettext_noop("batch"),
        "batches": gettext_noop("batches"),
        "cases": gettext_noop("cases"),
        "contract": gettext_noop("contract"),
        "forward": gettext_noop("forward"),
        "gradient": gettext_noop("gradient"),
        "history": gettext_noop("history"),
        "property": gettext_noop("property"),
        "stability": gettext_noop("stability"),
        "training": gettext_noop("training"),
        "update_rule": gettext_noop("update rule"),
    }
)


def kind_word(kind: str) -> str:
    """The words for the `kind` of a CheckResult; one of a report that is older than this table as it stands there."""
    return _(WORDS[kind]) if kind in WORDS else kind.replace("_", " ")
