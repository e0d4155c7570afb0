"""Probes have distinct prime sizes, draw what the tensors say, and stability cases break exactly the naive formulas."""

import numpy as np
import pytest

from grader.laws import LAWS
from grader.probes import (
    CASES,
    FARTHEST,
    MIDDLE,
    ONE_SAMPLE,
    SCALE_1,
    SCALE_1_AGAIN,
    SCALE_30,
    class_numbers,
    draw,
    one_hot,
    ordinary_probes,
    shape_of,
)
from grader.seeds import generator
from grader.special import SPECIAL
from reference.catalog import AssignmentFolder, Catalog
from reference.spec import Cases, Draw, Function, Operation, Property, Stability, Tensor

DRAWN_AS = {
    Draw.LABELS: (("N",), Draw.LABELS, ""),
    Draw.SIZE: ((), Draw.SIZE, "W"),
    Draw.STRENGTH: ((), Draw.STRENGTH, ""),
    Draw.RATE: ((), Draw.RATE, ""),
}
SEEDS = [f"public:{n}" for n in range(20)]


def _function(*arguments: Tensor) -> Function:
    return Function("f", Operation.OTHER, arguments, (Tensor("y", ("N",)),))


def _rng(seed: str = "public:1") -> np.random.Generator:
    return generator(seed, "test")


@pytest.mark.parametrize("sizes", [SCALE_1, SCALE_1_AGAIN, ONE_SAMPLE, SCALE_30])
def test_sizes_within_a_probe_are_distinct(sizes: dict[str, int]) -> None:
    assert len({sizes[axis] for axis in "NDHC"}) == 4
    assert len({sizes[axis] for axis in "LWV"}) == 3
    assert sizes["V"] == sizes["L"] - sizes["W"] + 1


def test_sizes_across_probes_cover_one_sample_two_and_ten_classes() -> None:
    plan = (SCALE_1, SCALE_1_AGAIN, ONE_SAMPLE, SCALE_30)

    assert {1, 4, 5, 7} == {sizes["N"] for sizes in plan}
    assert {2, 3, 10} <= {sizes["C"] for sizes in plan}
    assert {2, 3, 4} <= {sizes["W"] for sizes in plan}


def test_four_probes_three_of_them_at_scale_1(folder: AssignmentFolder) -> None:
    for function in folder.assignment.functions:
        probes = ordinary_probes(function, _rng())
        assert len(probes) == 4
        assert [probe.ordinary for probe in probes] == [True, True, True, False]
        for probe in probes:
            shapes = [array.shape for array in probe.arguments.values()]
            assert [shape_of(tensor, probe.sizes) for tensor in function.arguments] == shapes
            assert all(np.all(np.isfinite(array)) for array in probe.arguments.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_draws_are_what_their_names_say(seed: str) -> None:
    tensors = [Tensor(kind.value, *DRAWN_AS.get(kind, (("N", "C"), kind, ""))) for kind in Draw]
    arguments = draw(_function(*tensors), "test", 1.0, SCALE_1_AGAIN, _rng(seed)).arguments

    probabilities = arguments["probabilities"]
    assert np.allclose(probabilities.sum(axis=1), 1.0)
    assert probabilities.min() >= 1e-3
    assert set(np.unique(arguments["one_hot"])) == {0.0, 1.0}
    assert np.all(arguments["one_hot"].sum(axis=1) == 1)
    assert np.all(arguments["bias"] != 0)
    assert arguments["labels"].dtype == np.int64
    assert set(arguments["labels"].tolist()) <= set(range(10))
    assert arguments["size"].item() == SCALE_1_AGAIN["W"]
    assert arguments["strength"].item() == 1.0
    assert np.ptp(arguments["upstream"]) > 0
    assert arguments["normal"].flat[0] < 0  # the entry from which np.vectorize takes its dtype
    assert (arguments["normal"] > 0).any()


def test_scale_multiplies_inputs_and_biases_but_not_weights() -> None:
    tensors = [Tensor(kind.value, ("N", "C"), kind) for kind in (Draw.NORMAL, Draw.WEIGHTS, Draw.BIAS)]
    one, thirty = (draw(_function(*tensors), "test", s, SCALE_1, _rng()).arguments for s in (1.0, 30.0))

    assert np.allclose(30 * one["normal"][::2], thirty["normal"][::2])
    assert np.allclose(MIDDLE * one["normal"][1::2], thirty["normal"][1::2])
    assert np.allclose(30 * one["bias"], thirty["bias"])
    assert np.array_equal(one["weights"], thirty["weights"])


def test_the_inverse_of_every_probability_at_scale_30_is_a_float32_number() -> None:
    spread = [
        np.ptp(
            draw(_function(Tensor("z", ("N", "C"), Draw.LOGITS)), "test", 30.0, SCALE_30, _rng(f"{n}")).arguments["z"],
            axis=1,
        )
        for n in range(200)
    ]

    assert np.max(spread) <= FARTHEST * (1 + 1e-12)
    assert np.mean(np.concatenate(spread)[::2] < FARTHEST) > 0.5  # most are as they were drawn
    assert np.isfinite(np.float32(1) / np.exp(np.float32(-FARTHEST)) * 100)


@pytest.mark.parametrize(("shape", "present"), [((7, 3), 3), ((3, 3), 3), ((2, 5), 2), ((1, 10), 1)])
def test_every_class_is_present_when_there_are_rows_enough(shape: tuple[int, int], present: int) -> None:
    for seed in SEEDS:
        assert present == len(set(one_hot(shape, _rng(seed)).argmax(axis=1).tolist()))


def _naive(z: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bool:
    with np.errstate(all="ignore"):
        e = np.exp(z)
        return bool(np.all(np.isfinite(e / e.sum(axis=1, keepdims=True))))


@pytest.mark.parametrize("seed", SEEDS)
def test_stability_cases_break_the_formula_they_are_for(seed: str, folder: AssignmentFolder) -> None:
    softmax, loss = (folder.assignment.function(name) for name in ("softmax", "average_ce"))
    huge = CASES["huge_logits"](softmax, _rng(seed)).arguments["logits"]
    rows = CASES["offset_rows"](softmax, _rng(seed)).arguments["logits"]

    assert not _naive(huge)
    assert _naive(huge - huge.max())
    assert not _naive(rows - rows.max())
    assert _naive(rows - rows.max(axis=1, keepdims=True))

    low = CASES["low_vector"](softmax, _rng(seed)).arguments["logits"]
    assert not _naive(low - np.maximum(low.max(axis=1, keepdims=True), 0.0))
    assert _naive(low - low.max(axis=1, keepdims=True))

    zero = CASES["zero_probability"](loss, _rng(seed)).arguments
    assert np.all((zero["prediction"] == 0).sum(axis=1) == 1)
    assert np.all(zero["prediction"][zero["target"] == 1] > 0)
    assert np.allclose(zero["prediction"].sum(axis=1), 1.0)


def test_every_case_and_law_an_assignment_names_exists() -> None:
    catalog = Catalog.builtin()
    checks = [check for slug in catalog.slugs() for part in catalog.get(slug).assignment.parts for check in part.checks]

    assert {case for check in checks if isinstance(check, Stability) for case in check.cases} == set(CASES)
    assert {case for check in checks if isinstance(check, Cases) for case in check.cases} == set(SPECIAL)
    # Those of the batch are asked where a result has no other explanation; an assignment may name them too.
    unnamed = {"batch_order", "batch_parts", "batch_sum"}
    assert {check.law for check in checks if isinstance(check, Property)} | unnamed == set(LAWS)


def test_a_window_and_a_regularisation_have_probes_of_their_own() -> None:
    window = _function(Tensor("x", ("L",)), Tensor("W", (), Draw.SIZE, of="W"))
    strength = _function(Tensor("x", ("N", "D")), Tensor("reg", (), Draw.STRENGTH))
    windows = [(probe.arguments["W"].item(), len(probe.arguments["x"])) for probe in ordinary_probes(window, _rng())]
    strengths = [probe.arguments["reg"].item() for probe in ordinary_probes(strength, _rng())]

    assert windows == [(3, 11), (4, 14), (2, 7), (7, 17), (1, 7), (7, 7)]
    assert strengths == [0.0, 1.0, 0.7, 1.0, 0.3]
    assert [probe.ordinary for probe in ordinary_probes(window, _rng())] == [True, True, True, False, False, False]


def test_the_upstream_of_one_sample_is_ten_times_as_large() -> None:
    function = _function(Tensor("dy", ("L",), Draw.UPSTREAM))
    sizes = [
        float(np.std(p.arguments["dy"])) for n in range(40) for p in ordinary_probes(function, _rng(f"public:{n}"))
    ]

    assert 6 < np.mean(sizes[2::4]) / np.mean(sizes[0::4]) < 14


@pytest.mark.parametrize(("rows", "classes"), [(1, 10), (3, 10), (7, 3), (2, 2)])
def test_the_last_class_occurs_in_every_batch(rows: int, classes: int) -> None:
    for seed in SEEDS:
        numbers = class_numbers(rows, classes, _rng(seed))

        assert numbers.shape == (rows,)
        assert numbers.min() >= 0
        assert numbers.max() == classes - 1
        assert len(set(numbers)) == min(rows, classes)
