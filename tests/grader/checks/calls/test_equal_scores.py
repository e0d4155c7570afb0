"""One class for each row, also where weights of 0 make all scores equal; which of them is nobody's matter."""

import pytest

from grader.messages import sentence
from reference.catalog import Catalog
from tests.students.judgement import quick, report_of

CATALOG = Catalog.builtin()
PREDICTING = ("aarhus-net-classifier", "cs231n-two-layer", "hw2-softmax")
EVERY_LARGEST = "def every_largest(p, axis=1):\n    return np.where(p == p.max(axis=1, keepdims=True))[1]\n"
LAST_LARGEST = "def last_largest(p, axis=1):\n    return p.shape[1] - 1 - p[:, ::-1].argmax(axis=1)\n"


def _lost(slug: str, name: str, code: str) -> dict[str, str]:
    """What is said of each check that loses points where the file looks for the largest in this way."""
    folder = quick(CATALOG.get(slug))
    source = folder.solution.replace("np.argmax(", f"{name}(")
    assert source != folder.solution
    report = report_of(folder, f"{source}\n\n{code}", "public:1")
    checks = [check for part in report.parts for check in part.checks if check.points.given < check.points.maximum]
    return {f"{check.kind} {check.function}": sentence(check) for check in checks}


@pytest.mark.parametrize("slug", PREDICTING)
def test_who_gives_every_largest_class_is_told_where(slug: str) -> None:
    lost = _lost(slug, "every_largest", EVERY_LARGEST)

    assert lost
    assert {name.partition(" ")[0] for name in lost} == {"contract"}
    assert all(said.endswith("That is so in a batch whose scores are all equal only.") for said in lost.values())


@pytest.mark.parametrize("slug", PREDICTING)
def test_any_of_the_largest_is_right(slug: str) -> None:
    assert _lost(slug, "last_largest", LAST_LARGEST) == {}
