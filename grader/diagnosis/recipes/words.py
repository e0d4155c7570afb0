"""Steps of one recipe in the words of another assignment."""

import re
from collections.abc import Mapping
from dataclasses import replace

from grader.diagnosis.recipe import Step


def in_words(step: Step, words: Mapping[str, str]) -> Step:
    """The step with its formulas' names replaced: what one assignment calls a tensor, as another calls it."""

    def said(formula: str) -> str:
        return re.sub(r"\w+", lambda found: words.get(found[0], found[0]), formula)

    wrong = tuple(replace(way, found=said(way.found)) for way in step.wrong)
    return replace(step, asked=said(step.asked), wrong=wrong)
