"""The benchmark of gradient checks runs from its program and prints what it should; what it measures is no test."""

import re
import sys
from pathlib import Path

import pytest

from tests.benchmarks import gradients
from tests.benchmarks.figure import Figure, Remark
from tests.benchmarks.gradcheck.checkers import PEERS, loaded
from tests.benchmarks.gradients import AT_LEAST, AT_MOST, found, relayed


def test_one_round_prints_every_figure_in_one_form() -> None:
    program = [sys.executable, "-m", "tests.benchmarks.gradcheck.measure"]
    said = list(relayed([*program, "--rounds", "1", "--sizes", "100", "--cases", "2"]))

    figures = {each.name: each for each in said if isinstance(each, Figure)}
    assert len(figures) == sum(isinstance(each, Figure) for each in said)
    form = r"gradients\.[a-z_.0-9]+ \d[\d.e+-]* (ms|times|bugs|gradients)"
    assert all(re.fullmatch(form, each.line()) for each in figures.values())
    installed, lacking = loaded()
    ours = {f"gradients.{name}.100.{s}" for name in ("core", "check", "piped", "part") for s in ("least", "median")}
    timed = {f"gradients.{name}.100.p95" for name in installed if PEERS[name].timed}
    ratios = {f"gradients.{name}_to_core.100" for name in installed if PEERS[name].timed}
    ratios |= {f"gradients.{name}.wrong.median" for name in ("check", "piped", *installed) if name != "cs231n_lenient"}
    caught = {f"gradients.{name}.caught" for name in ("core", "check", "part", *installed)}
    rejects = {f"gradients.{name}.false_rejects.float32" for name in ("check", *installed)}
    assert ours | timed | ratios | caught | rejects <= figures.keys()
    assert {name for name, figure in figures.items() if figure.held() is not None} == {*AT_MOST, *AT_LEAST} & set(
        figures
    )
    assert figures["gradients.bugs"].value == 2
    remarks = [each.text for each in said if isinstance(each, Remark)]
    for name in lacking:
        assert any(
            re.fullmatch(rf"gradients\.{name} is skipped: .+ not installed \(make bench-peers\)", r) for r in remarks
        )
    table = remarks[-len(PEERS) - 4 + len(lacking) :]
    assert [line.split()[0] for line in table] == ["core", "check", "piped", "part", *installed]


def test_every_promise_has_a_figure() -> None:
    sizes = {name.rsplit(".", 1)[1] for name in AT_LEAST}

    assert sizes == {"100", "10k", "100k"}
    assert {name.split(".")[1] for name in AT_MOST} == {"piped", "caught_by_a_peer_only", "check", "part"}


def test_a_line_is_read_as_what_it_was_printed_from() -> None:
    promised = found("gradients.piped.100.median 4.2 ms")

    assert isinstance(promised, Figure)
    assert (promised.value, promised.unit, promised.held()) == (4.2, "ms", True)
    assert found("gradients.core.10k.least 0.3 ms") == Figure("gradients.core.10k.least", 0.3, "ms")
    assert found("# gradients: a word") == Remark("gradients: a word")


def test_a_program_that_fails_is_no_benchmark() -> None:
    with pytest.raises(RuntimeError):
        list(relayed([sys.executable, "-c", "print('# so far'); raise SystemExit(3)"]))


def test_the_measuring_program_has_one_thread() -> None:
    words = "import os; print('gradients.threads', os.environ['OPENBLAS_NUM_THREADS'], 'threads')"

    assert list(relayed([sys.executable, "-c", words])) == [Figure("gradients.threads", 1.0, "threads")]


def test_the_peers_environment_is_used_once_it_is_complete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradients, "PEERS_INSTALLED", tmp_path / ".installed")
    assert gradients.interpreter() == Path(sys.executable)

    (tmp_path / ".installed").touch()
    assert gradients.interpreter() == gradients.PEERS_PYTHON
