"""The report of slips prints its figures, and fails where a slip keeps its points for no reason."""

import pytest

from tests.students import slip_report
from tests.students.figures import Figures
from tests.students.slip_families import slips

ONE = ["--family", "held_out_3", "--jobs", "1", "--pairs", "4", "--all"]


@pytest.fixture(autouse=True)
def one_assignment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slips of the shortest."""
    monkeypatch.setattr(
        slip_report, "slips", lambda family, slug: slips(family, slug)[::6] if slug == "hw2-softmax" else ()
    )


def test_it_prints_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert slip_report.main(ONE) == 0

    printed = capsys.readouterr().out
    assert "hw2-softmax" in printed
    assert "singles 3 of 3 named (100.0 %), false 0, accepted 0; pairs both 3, one 3 of 3" in printed


def test_an_accepted_slip_without_a_reason_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def accepted(*_: object) -> Figures:
        figures = Figures()
        figures.count("single")
        figures.count("single accepted", "hw2-softmax/kept")
        return figures

    monkeypatch.setattr(slip_report, "graded", accepted)

    assert slip_report.main(ONE) == 1
    assert "accepted without a reason: hw2-softmax/kept" in capsys.readouterr().out
