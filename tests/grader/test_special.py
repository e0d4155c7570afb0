"""Ties lie in one window each and equal values outside all of them, so that each case shows one mistake alone."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from grader.probes import Probe
from grader.seeds import generator
from grader.special import SPECIAL, VERY_LOW, WINDOWS
from reference.catalog import Catalog
from tests.students.judgement import quick, report_of

FUNCTION = Catalog.builtin().get("ece544-derivatives").assignment.function("max_pool1d_backward")
SEEDS = [f"public:{n}" for n in range(30)]


def _probes(case: str, seed: str) -> tuple[Probe, ...]:
    return SPECIAL[case](FUNCTION, generator(seed, "test"))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_tie_is_in_exactly_one_window_and_nowhere_outside(seed: str) -> None:
    for probe, width in zip(_probes("ties", seed), WINDOWS, strict=True):
        x = probe.arguments["x"]
        windows = sliding_window_view(x, width)
        winners = [(window == window.max()).sum() for window in windows]
        assert sorted(winners) == [1] * (len(windows) - 1) + [2]
        for window in windows:
            assert (x == window.max()).sum() == (window == window.max()).sum()


@pytest.mark.parametrize("seed", SEEDS)
def test_equal_values_are_outside_the_window_only(seed: str) -> None:
    for probe, width in zip(_probes("outside_window", seed), WINDOWS, strict=True):
        x = probe.arguments["x"]
        for window in sliding_window_view(x, width):
            assert (window == window.max()).sum() == 1
            assert (x == window.max()).sum() >= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_one_window_is_ordinary_and_the_last_are_very_low_and_exact_in_float32(seed: str) -> None:
    for probe, width in zip(_probes("very_low", seed), WINDOWS, strict=True):
        x = probe.arguments["x"]
        largest = sliding_window_view(x, width).max(axis=1)
        assert largest[0] == width
        assert np.all(largest[-2:] <= VERY_LOW)
        assert len(set(x)) == len(x)
        assert np.array_equal(x, x.astype(np.float32))


def test_class_numbers_are_of_each_type_and_all_else_is_as_ever() -> None:
    loss = Catalog.builtin().get("dlsys-hw0").assignment.function("softmax_loss")
    probes = SPECIAL["label_types"](loss, generator("public:1", "test"))

    assert [probe.arguments["y"].dtype.name for probe in probes] == ["uint8", "int8", "int32"]
    assert all(probe.arguments["Z"].dtype == np.float64 for probe in probes)
    assert all(probe.arguments["Z"].size > 256 for probe in probes)


def test_an_index_in_the_type_of_the_labels_runs_over() -> None:
    folder = quick(Catalog.builtin().get("dlsys-hw0"))
    flat = "def softmax_loss(Z, y):\n    rows = np.arange(len(y)).astype({})\n"
    flat += "    at = Z.ravel()[rows * {}(Z.shape[1]) + y]\n"
    flat += "    return np.mean(np.log(np.exp(Z - Z.max(1)[:, None]).sum(1)) + Z.max(1) - at)\n"

    def lost(kind: str) -> list[str]:
        of_kind = flat.format(kind, f"{kind}.type" if "." in kind else kind)
        report = report_of(folder, f"{folder.solution}\n{of_kind}", "public:1")
        checks = [check for part in report.parts for check in part.checks]
        return [check.kind for check in checks if check.points.given < check.points.maximum]

    assert lost("y.dtype") == ["cases"]
    assert lost("int") == []


@pytest.mark.parametrize("start", ["0", "-1000.0", "-9999", "-1e6"])
def test_a_maximum_that_starts_from_a_number_is_told_so(start: str) -> None:
    forward = f"def max_pool1d(x, W):\n    return np.array([max({start}, *x[i:i+W]) for i in range(len(x) - W + 1)])\n"
    backward = f"""
def max_pool1d_backward(dy, x, W):
    dx = np.zeros(len(x))
    for i in range(len(dy)):
        most, at = {start}, i
        for j in range(i, i + W):
            if x[j] > most:
                most, at = x[j], j
        dx[at] += dy[i]
    return dx
"""
    folder = quick(Catalog.builtin().get("ece544-derivatives"))
    report = report_of(folder, f"{folder.solution}\n{forward}{backward}", "public:1")
    checks = {(c.kind, c.function): c for part in report.parts for c in part.checks if c.diagnosis}

    told = checks["cases", "max_pool1d"].diagnosis
    assert told is not None
    assert told.code == "POOL_ABOVE_ZERO"
    assert checks["cases", "max_pool1d_backward"].points.given == 0


@pytest.mark.parametrize("kind", ["np.uint8", "np.int8", "np.int32"])
def test_labels_of_one_type_that_are_misread_cost_their_points(kind: str) -> None:
    folder = quick(Catalog.builtin().get("dlsys-hw0"))
    loss = f"f = softmax_loss\ndef softmax_loss(Z, y):\n    return f(Z, 0 * y if y.dtype == {kind} else y)\n"
    report = report_of(folder, f"{folder.solution}\n{loss}", "public:1")

    assert [(c.kind, c.function) for part in report.parts for c in part.checks if c.diagnosis] == [
        ("cases", "softmax_loss")
    ]


@pytest.mark.parametrize("case", ["ties", "outside_window"])
def test_cases_can_be_worked_by_hand(case: str) -> None:
    for probe in _probes(case, "public:1"):
        for array in probe.arguments.values():
            assert np.all(array == np.round(array))
            assert np.all(np.abs(array) <= 13)
        assert len(probe.arguments["dy"]) == probe.sizes["V"] == probe.sizes["L"] - probe.sizes["W"] + 1
        assert np.all(probe.arguments["dy"] != 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_pair_of_many_examples_comes_more_often_than_a_byte_counts(seed: str) -> None:
    function = Catalog.builtin().get("ece544-mlp").assignment.function("confusion_matrix")
    (probe,) = SPECIAL["many_examples"](function, generator(seed, "test"))
    pairs = list(zip(probe.arguments["y"].tolist(), probe.arguments["yhat"].tolist(), strict=True))
    often = [pairs.count(pair) for pair in set(pairs)]

    assert max(often) > 255
    assert len(often) > 1
    assert probe.arguments["K"] == 3
