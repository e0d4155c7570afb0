"""Audits side by side say what each alone would, in the order asked."""

from pathlib import Path

from grader.audit.examination import Effort
from grader.audit.outcome import Outcome
from grader.audit.pool import Asked, side_by_side
from reference.example_folder import write_example

LITTLE = Effort(runs=1, budget=1.0, seeds=1)


def test_each_is_audited_and_a_broken_one_says_why(tmp_path: Path) -> None:
    for slug in ("first", "second"):
        write_example(slug, tmp_path)
    (tmp_path / "second" / "solution.py").unlink()
    asked = [Asked(slug, (tmp_path,), LITTLE, "unsafe") for slug in ("first", "second")]

    first, second = side_by_side(asked, jobs=2)

    assert isinstance(first, Outcome)
    assert (first.slug, first.reds) == ("first", ())
    assert isinstance(second, tuple)
    assert "solution.py is missing" in second
    assert list(side_by_side(asked[1:], jobs=2)) == [second]
