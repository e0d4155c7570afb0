"""Whoever has died is replaced, an armed process dies where it was told, and a death that nobody caused is an error."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.chaos.cast import MOST_PASSINGS, Cast
from tests.chaos.engines import Store, sqlite_url
from tests.chaos.one_upload import COURSE
from tests.service.course import Student, make_course
from tests.service.processes import END_SECONDS, Service

POINT = "upload.stored"
ASSIGNMENT = "ece544-derivatives"


@pytest.fixture
def student(tmp_path: Path) -> Student:
    (student,) = make_course(sqlite_url(tmp_path), COURSE, ASSIGNMENT, students=1)
    return student


@pytest.fixture
def cast(tmp_path: Path, student: Student) -> Iterator[Cast]:
    """One server without a worker."""
    service = Service(tmp_path, {"CHAINRULE_EMBEDDED_WORKER": "false"}, module="tests.chaos.armed")
    cast = Cast(service, Store(sqlite_url(tmp_path)), workers=0)
    try:
        cast.begin()
        yield cast
    finally:
        service.close()


def dies_within(cast: Cast, student: Student, uploads: int) -> bool:
    """Whether the server dies at one of so many uploads."""
    for number in range(uploads):
        file = {"file": ("student.py", f"x = {number}".encode())}
        try:
            httpx.post(cast.server.address + student.path, files=file, headers=student.headers, timeout=60.0)
        except httpx.TransportError:
            return cast.server.process.wait(END_SECONDS) == -signal.SIGKILL
    return False


def test_an_armed_server_dies_at_its_point_and_the_next_one_does_not(cast: Cast, student: Student) -> None:
    address = cast.server.address
    cast.to_arm = POINT
    cast.kill(cast.server)
    cast.revive(Random(0))
    assert not cast.deaths

    assert dies_within(cast, student, MOST_PASSINGS)
    cast.revive(Random(0))

    assert cast.deaths == {f"at {POINT}": 1}
    assert cast.server.address == address, "clients know no other"
    assert not dies_within(cast, student, MOST_PASSINGS)


def test_a_death_that_nobody_caused_is_an_error(cast: Cast) -> None:
    os.kill(cast.server.pid, signal.SIGKILL)
    cast.server.process.wait(END_SECONDS)

    with pytest.raises(AssertionError, match="ended by itself"):
        cast.revive(Random(0))
