"""Sentences that stand instead of a code's own where a piece of evidence tells more, or makes that one untrue."""

from collections.abc import Mapping

from grader.translation import gettext_noop

REWORDINGS: Mapping[str, str] = {
    "set_on": gettext_noop("{name} is set on line {set_on} by a statement that is not run: write it with def."),
    "unparsed": gettext_noop(
        "{name} begins on line {begins}, in {inside}, which is not run because it does not parse ({unparsed})."
    ),
    "begins": gettext_noop(
        "{name} stands inside {inside} (line {begins}), where nothing outside can call it: move its def to the left,"
        " out of there."
    ),
    "without_self": gettext_noop(
        "{without_self} takes {parameters} and no self, but is called with one argument more: a method's first is its"
        " object."
    ),
    "unset": gettext_noop("{by} does not put a result into self.{unset}: after it, that is {left}."),
    "earlier_calls": gettext_noop(
        "{function} is wrong on {probes_wrong} of {probes} probes: what it gives depends on what the same object was"
        " given in calls before this one."
    ),
    "within": gettext_noop(
        "The velocity is 0 again at the start of every epoch: within one the momentum gamma = {gamma} is used, but from"
        " one to the next nothing is carried over."
    ),
    "formula_beside": gettext_noop(
        "{function} computes {found} where {asked} is asked for: together with the other mistake, that matches your"
        " {wrong} on every probe."
    ),
    "sign_beside": gettext_noop("The sign is wrong in {wrong} as well."),
    "by": gettext_noop("{by} returns no value: it is not finished, or lacks a return; print gives nothing back."),
}
"""By evidence; the first that was found."""
