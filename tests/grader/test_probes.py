"""Probes have distinct prime sizes, draw what the tensors say, and stability cases break exactly the naive formulas."""

import numpy as np
import pytest

from grader.probes import CASES, ONE_SAMPLE, SCALE_1, SCALE_1_AGAIN, SCALE_30, draw, one_hot, ordinary_probes, shape_of
from grader.seeds import generator
from reference.catalog import AssignmentFolder
from reference.spec import Draw, Function, Operation, Tensor

SEEDS = [f"public:{n}" for n in range(20)]


def _function(*arguments: Tensor) -> Function:
    return Function("f", Operation.OTHER, arguments, (Tensor("y", ("N",)),))


def _rng(seed: str = "public:1") -> np.random.Generator:
    return generator(seed, "test")


@pytest.mark.parametrize("sizes", [SCALE_1, SCALE_1_AGAIN, ONE_SAMPLE, SCALE_30])
def test_sizes_within_a_probe_are_distinct(sizes: dict[str, int]) -> None:
    assert len(set(sizes.values())) == len(sizes) == 4


def test_sizes_across_probes_cover_one_sample_two_and_ten_classes() -> None:
    plan = (SCALE_1, SCALE_1_AGAIN, ONE_SAMPLE, SCALE_30)

    assert {1, 2, 5, 7} == {sizes["N"] for sizes in plan}
    assert {2, 3, 10} <= {sizes["C"] for sizes in plan}


def test_four_probes_three_of_them_at_scale_1(folder: AssignmentFolder) -> None:
    for function in folder.assignment.functions:
        probes = ordinary_probes(function, _rng())
        assert [probe.ordinary for probe in probes] == [True, True, True, False]
        for probe in probes:
            shapes = [array.shape for array in probe.arguments.values()]
            assert [shape_of(tensor, probe.sizes) for tensor in function.arguments] == shapes
            assert all(np.all(np.isfinite(array)) for array in probe.arguments.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_draws_are_what_their_names_say(seed: str) -> None:
    tensors = [Tensor(kind.value, ("N", "C"), kind) for kind in Draw]
    arguments = draw(_function(*tensors), "test", 1.0, SCALE_1_AGAIN, _rng(seed)).arguments

    probabilities = arguments["probabilities"]
    assert np.allclose(probabilities.sum(axis=1), 1.0)
    assert probabilities.min() >= 1e-3
    assert set(np.unique(arguments["one_hot"])) == {0.0, 1.0}
    assert np.all(arguments["one_hot"].sum(axis=1) == 1)
    assert np.all(arguments["bias"] != 0)
    assert arguments["normal"].flat[0] < 0  # the entry from which np.vectorize takes its dtype
    assert (arguments["normal"] > 0).any()


def test_scale_multiplies_inputs_and_biases_but_not_weights() -> None:
    tensors = [Tensor(kind.value, ("N", "C"), kind) for kind in (Draw.NORMAL, Draw.WEIGHTS, Draw.BIAS)]
    one, thirty = (draw(_function(*tensors), "test", s, SCALE_1, _rng()).arguments for s in (1.0, 30.0))

    assert np.allclose(30 * one["normal"], thirty["normal"])
    assert np.allclose(30 * one["bias"], thirty["bias"])
    assert np.array_equal(one["weights"], thirty["weights"])


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

    zero = CASES["zero_probability"](loss, _rng(seed)).arguments
    assert np.all((zero["prediction"] == 0).sum(axis=1) == 1)
    assert np.all(zero["prediction"][zero["target"] == 1] > 0)
    assert np.allclose(zero["prediction"].sum(axis=1), 1.0)


def test_every_case_an_assignment_names_exists(folder: AssignmentFolder) -> None:
    named = {case for part in folder.assignment.parts for check in part.checks for case in getattr(check, "cases", ())}

    assert named == set(CASES)
