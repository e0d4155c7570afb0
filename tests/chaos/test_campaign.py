"""The short form of `make chaos`: each disaster once, and nothing lost, duplicated or wrong."""

from pathlib import Path

import pytest

from tests.chaos.__main__ import lines
from tests.chaos.campaign import Plan, run
from tests.chaos.disasters import DISASTERS
from tests.chaos.engines import ENGINES, EngineMissing
from tests.service.uploads import SOURCES

UPLOADS_EACH = 5
SPARE = 4
"""Shares of uploads beyond one for each disaster."""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_accepted_upload_has_its_one_right_grade(engine: str, tmp_path: Path) -> None:
    # A disaster lets in uploads for the next one, and uses some up while it finds nothing to strike.
    disasters = {*DISASTERS, "database killed"} if engine == "postgresql" else set(DISASTERS)
    plan = Plan((len(disasters) + SPARE) * UPLOADS_EACH, seed=1, seconds_between=0.5, uploads_each=UPLOADS_EACH)

    try:
        outcome = run(tmp_path, ENGINES[engine], plan)
    except EngineMissing as missing:
        pytest.skip(str(missing))

    said = "\n".join(lines(outcome))
    assert outcome.found.clean, said
    assert outcome.accepted == plan.uploads + len(SOURCES), said
    assert {name for name in outcome.strikes if not name.startswith("at ")} == disasters, said
    assert len(set(outcome.right.values())) > 2, "grades that are all alike would show nothing"
