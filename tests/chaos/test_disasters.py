"""What a disaster does to a process ends with it."""

import resource
import subprocess
from pathlib import Path
from random import Random

from tests.chaos.cast import Cast
from tests.chaos.disasters import Stage, fill_disk
from tests.chaos.engines import Store, sqlite_url
from tests.chaos.one_upload import COURSE
from tests.service.course import make_course
from tests.service.processes import Running, Service

LIMITS = (1 << 20, 1 << 21)


def test_after_a_full_disk_a_process_has_the_limits_it_had(tmp_path: Path) -> None:
    make_course(sqlite_url(tmp_path), COURSE, "network", students=1)
    cast = Cast(Service(tmp_path), Store(sqlite_url(tmp_path)), workers=0)
    with subprocess.Popen(["sleep", "600"]) as process:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, LIMITS)
        cast.server = Running(process)
        stage = Stage(cast, tmp_path / "clock", 5.0, Random(0))
        try:
            assert fill_disk(stage)
            full = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
            assert not fill_disk(stage)  # it is full: what the process has now must not be given back later
            stage.calm()
            after = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        finally:
            stage.calm()
            process.kill()

    assert full == (0, LIMITS[1])
    assert after == LIMITS
