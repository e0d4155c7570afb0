"""Datasets are what their descriptions say, and a seed draws the same split again."""

import numpy as np
import pytest

from reference.data import DRAWN, Dataset, blobs, digits, one_hot, redrawn, spiral


def test_digits_are_the_ones_described() -> None:
    dataset = digits()
    assert dataset.inputs.shape == (1797, 64)
    assert (dataset.inputs.min(), dataset.inputs.max()) == (0.0, 1.0)
    np.testing.assert_array_equal(dataset.inputs * 16, np.round(dataset.inputs * 16))
    np.testing.assert_array_equal(
        np.bincount(dataset.labels, minlength=10), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    )


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_a_seed_draws_the_same_split_and_another_seed_another(name: str) -> None:
    first, again, other = (DRAWN[name](np.random.default_rng(seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.test.inputs, again.test.inputs)
    np.testing.assert_array_equal(first.test.labels, again.test.labels)
    assert not np.array_equal(first.test.inputs, other.test.inputs)
    assert set(first.train.labels.tolist()) == set(range(first.train.classes))


def test_a_redrawn_split_permutes_rows_pixels_and_classes_and_nothing_else() -> None:
    # Pixel d of row n is 10 n + d and the class is n mod 3: every entry tells where it came from.
    rows = np.arange(12)
    dataset = Dataset((10 * rows[:, np.newaxis] + np.arange(5)).astype(np.float64), rows % 3, 3)
    split = redrawn(dataset, np.random.default_rng(4), train=6, valid=2, test=3)
    inputs = np.concatenate([part.inputs for part in (split.train, split.valid, split.test)])
    labels = np.concatenate([part.labels for part in (split.train, split.valid, split.test)])
    came_from = (inputs[:, 0] // 10).astype(np.int64)

    assert [len(part.labels) for part in (split.train, split.valid, split.test)] == [6, 2, 3]
    assert len(set(came_from.tolist())) == 11
    assert len({tuple(row) for row in inputs % 10}) == 1
    assert sorted(inputs[0] % 10) == [0, 1, 2, 3, 4]
    renamed = {(int(before), int(after)) for before, after in zip(came_from % 3, labels, strict=True)}
    assert len(renamed) == 3
    assert {after for _, after in renamed} == {0, 1, 2}


def test_more_examples_than_there_are_is_refused() -> None:
    with pytest.raises(ValueError, match=r"1700 \+ 90 \+ 8 examples asked of 1797"):
        redrawn(digits(), np.random.default_rng(0), train=1700, valid=90, test=8)


def test_spiral_arms_start_together_and_end_on_the_unit_circle() -> None:
    dataset = spiral(np.random.default_rng(0), per_class=50)
    assert dataset.inputs.shape == (150, 2)
    radii = np.linalg.norm(dataset.inputs, axis=1).reshape(3, 50)
    np.testing.assert_allclose(radii, np.broadcast_to(np.linspace(0, 1, 50), (3, 50)), atol=1e-12)


def test_blobs_lie_around_their_corners() -> None:
    dataset = blobs(np.random.default_rng(0), per_class=500, classes=4)
    centres = np.array([dataset.inputs[dataset.labels == c].mean(axis=0) for c in range(4)])
    np.testing.assert_allclose(centres, [[0, 0], [4, 0], [0, 4], [4, 4]], atol=0.1)
    with pytest.raises(ValueError, match="4 corners"):
        blobs(np.random.default_rng(0), classes=5)


def test_one_hot_marks_the_label() -> None:
    np.testing.assert_array_equal(one_hot(np.array([2, 0]), 3), [[0, 0, 1], [1, 0, 0]])
