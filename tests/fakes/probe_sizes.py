"""Probes of other sizes than a grading's: whether a claim holds on them, and how long larger networks take."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from unittest.mock import patch

from grader import laws, probes
from grader.checks.calls import contract
from grader.checks.values import amplified
from grader.probes import Setting, Sizes

AGAIN = "scale 1, again"
"""The setting of whose sizes the contract, the laws and the stability cases are, too."""


@contextmanager
def probe_sizes(sizes: Mapping[str, Sizes]) -> Iterator[None]:
    """While it lasts probes have these sizes, by the names of the settings of probes.PLAN; others stay as they are."""

    def other(setting: Setting) -> Setting:
        return replace(setting, sizes=sizes.get(setting.name, setting.sizes))

    first, again = (sizes.get(name, was) for name, was in (("scale 1", probes.SCALE_1), (AGAIN, probes.SCALE_1_AGAIN)))
    with ExitStack() as changed:
        changed.enter_context(patch.object(probes, "PLAN", tuple(map(other, probes.PLAN))))
        changed.enter_context(patch.object(contract, "SETTING", replace(contract.SETTING, sizes=again)))
        for module in (probes, laws):
            changed.enter_context(patch.object(module, "SCALE_1", first))
        for module in (probes, laws, amplified):
            changed.enter_context(patch.object(module, "SCALE_1_AGAIN", again))
        yield
