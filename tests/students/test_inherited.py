"""A class that inherits all it has is graded like one that defines it: the same points, the same words."""

import re

import pytest

from reference.catalog import Catalog
from tests.students.judgement import quick, report_of, said

CATALOG = Catalog.builtin()
CLASSES = re.compile(r"^class (\w+)", re.MULTILINE)
SLUGS = [slug for slug in CATALOG.slugs() if CLASSES.search(CATALOG.get(slug).solution)]
MISTAKES = 6


def inherited(source: str) -> str:
    """The file with every class under another name, and one of the asked name below each that only inherits."""
    names = CLASSES.findall(source)
    source = CLASSES.sub(r"class Own\1", source)
    return source + "".join(f"\n\nclass {name}(Own{name}):\n    pass\n" for name in names)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_solution_keeps_every_point(slug: str) -> None:
    report = report_of(quick(CATALOG.get(slug)), inherited(CATALOG.get(slug).solution), "public:1")

    assert report.score.given == report.score.maximum


@pytest.mark.parametrize("slug", SLUGS)
def test_a_mistake_loses_the_same_points_for_the_same_reason(slug: str) -> None:
    folder = quick(CATALOG.get(slug))
    sources = [text for text in folder.mistakes.values() if CLASSES.search(text)]
    for source in sources[:: max(1, len(sources) // MISTAKES)]:
        plain, moved = report_of(folder, source, "public:1"), report_of(folder, inherited(source), "public:1")

        assert moved.score == plain.score
        assert said(moved) == said(plain)
