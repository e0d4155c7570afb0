"""An epoch of wrong steps says so, also where nobody knows what is wrong with one."""

from dataclasses import replace

import pytest

from grader.grade import grade
from grader.report import Diagnosis
from reference.catalog import Catalog
from tests.fakes.in_process import InProcessSandbox, upload

FOLDER = Catalog.builtin().get("dlsys-hw0")
PARTS = tuple(part for part in FOLDER.assignment.parts if part.name != "training")
QUICK = replace(FOLDER, assignment=replace(FOLDER.assignment, parts=PARTS))
ODD_STEP = """
def nn_epoch(X, y, W1, W2, lr=0.1, batch=100):
    for start in range(0, {rows}, batch):
        x, labels = X[start : start + batch], y[start : start + batch]
        hidden = x @ np.tanh(W1)
        delta = np.exp(hidden @ W2)
        delta /= delta.sum(axis=1, keepdims=True)
        delta[np.arange(len(x)), labels] -= 1
        delta /= {count}
        back = (delta @ W2.T) * (hidden > 0)
        W2 -= lr * hidden.T @ delta
        W1 -= lr * x.T @ back
"""


def _told(rows: str, count: str) -> list[Diagnosis]:
    source = FOLDER.solution + ODD_STEP.format(rows=rows, count=count)
    report = grade(QUICK, upload(source), InProcessSandbox(), "public:1")
    checks = [check for part in report.parts for check in part.checks if check.diagnosis]
    return [check.diagnosis for check in checks if check.diagnosis and check.function == "nn_batches"]


def _codes(rows: str, count: str) -> list[str]:
    return [told.code for told in _told(rows, count)]


@pytest.mark.parametrize("count", ["len(x)", "batch"])
def test_an_epoch_follows_from_its_own_wrong_step(count: str) -> None:
    assert _codes("len(X)", count) == ["FOLLOWS_FROM_STEP"]


def test_a_batch_that_is_left_out_is_told_beside_the_step() -> None:
    (told,) = _told("len(X) // batch * batch", "len(x)")

    assert told.code == "FOLLOWS_FROM_STEP"
    also = told.evidence["also"]
    assert isinstance(also, list)
    assert also == [{"code": "LAST_BATCH_DROPPED", "unseen": 2, "rows": 5, "batch_size": 3}]


def test_who_leaves_out_more_than_the_last_batch_is_told_nothing() -> None:
    assert _codes("len(X) - batch", "len(x)") == ["UNKNOWN"]


def test_batches_that_are_cut_wrong_are_told_beside_the_step() -> None:
    source = ODD_STEP.format(rows="len(X)", count="len(x)")
    longer = source.replace("start + batch]", "start + batch + 1]")
    late = source.replace("start : start + batch]", "max(start - 1, 0) : start + batch]")
    for changed, found in ((longer, "X[start:start + batch + 1]"), (late, "X[start - 1:start + batch]")):
        report = grade(QUICK, upload(FOLDER.solution + changed), InProcessSandbox(), "public:1")
        (told,) = [c.diagnosis for p in report.parts for c in p.checks if c.function == "nn_batches" and c.diagnosis]
        also = told.evidence["also"]

        assert told.code == "FOLLOWS_FROM_STEP"
        assert isinstance(also, list)
        assert (also[0]["code"], also[0]["found"]) == ("BATCHES_OVERLAP", found)
