"""The short form of `make chaos`: each disaster once, and nothing lost, duplicated or wrong."""

from pathlib import Path

import pytest

from tests.chaos.__main__ import lines
from tests.chaos.campaign import Plan, run
from tests.chaos.disasters import DISASTERS
from tests.chaos.engines import ENGINES, EngineMissing
from tests.service.uploads import SOURCES

UPLOADS_EACH = 5
MOST_SHARES = 60
"""Of uploads, one for each disaster that strikes: so many that they end by the last disaster and not for want of it."""


@pytest.mark.parametrize("engine", ENGINES)
def test_every_accepted_upload_has_its_one_right_grade(engine: str, tmp_path: Path) -> None:
    disasters = {*DISASTERS, "database killed"} if engine == "postgresql" else set(DISASTERS)
    uploads = MOST_SHARES * UPLOADS_EACH
    plan = Plan(uploads, seed=1, seconds_between=0.5, uploads_each=UPLOADS_EACH, each_once=True)

    try:
        outcome = run(tmp_path, ENGINES[engine], plan)
    except EngineMissing as missing:
        pytest.skip(str(missing))

    said = "\n".join(lines(outcome))
    assert outcome.found.clean, said
    assert outcome.accepted == outcome.sent + len(SOURCES), said
    assert outcome.sent > UPLOADS_EACH, said
    assert {name for name in outcome.strikes if not name.startswith("at ")} == disasters, said
    assert len(set(outcome.right.values())) > 2, "grades that are all alike would show nothing"
