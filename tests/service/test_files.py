"""The assignments and files that campaigns and benchmarks hand in are what they are called."""

import random
from pathlib import Path

import pytest

from reference.catalog import Catalog
from reference.spec import Descent, Training
from tests.service import model_files, uploads
from tests.service.checks_only import CALL_SECONDS, write_checks_only
from tests.service.small_assignment import write_small_assignment

MODEL = "ece421-numpy-nn"


def test_the_small_assignment_is_valid_and_impatient(tmp_path: Path) -> None:
    slug = write_small_assignment(tmp_path)
    asked = Catalog.builtin(tmp_path).get(slug).assignment

    assert asked.limits.cpu_seconds == 1
    assert asked.points == 100.0


def test_checks_only_leaves_out_what_trains(tmp_path: Path) -> None:
    slug = write_checks_only(MODEL, tmp_path)
    asked = Catalog.builtin(tmp_path).get(slug).assignment

    assert asked.limits.call_seconds == CALL_SECONDS
    assert not [check for part in asked.parts for check in part.checks if isinstance(check, Training | Descent)]
    assert "training" in {part.name for part in asked.parts}, "its update rule is checked without a training"


def test_whole_parts_are_left_out_where_asked(tmp_path: Path) -> None:
    slug = write_checks_only(MODEL, tmp_path, without=("training",))

    assert Catalog.builtin(tmp_path).get(slug).assignment.points == 85.0


@pytest.mark.parametrize("percents", [[kind.percent for kind in uploads.KINDS.values()], model_files.PERCENT.values()])
def test_shares_add_up(percents: list[int]) -> None:
    assert sum(percents) == 100


def test_every_file_of_the_small_assignment_is_drawn() -> None:
    rng = random.Random(0)

    assert {uploads.drawn(rng) for _ in range(2000)} == set(range(len(uploads.SOURCES)))
    assert len(set(uploads.SOURCES)) == len(uploads.SOURCES)


def test_no_two_uploads_of_a_rush_are_alike() -> None:
    files, rng = model_files.model_files(MODEL), random.Random(0)
    drawn = [model_files.drawn(files, rng, number) for number in range(200)]

    assert set(files) == set(model_files.PERCENT)
    assert len(set(drawn)) == len(drawn)
    assert any("while True" in source for source in drawn)
