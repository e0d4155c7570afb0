"""The desk where files are looked at: a few at a time, nobody too often, and no fault of ours is anybody's."""

import threading
from typing import Any

import pytest

from app import check_desk
from app.check_desk import PER_MINUTE, SLOTS, CheckDesk
from app.errors import TooManyRequests
from grader.errors import SandboxBroken
from grader.sandbox.outline import Outline
from grader.upload import SourceFile, Upload

UPLOAD = Upload((SourceFile("a.py", "x = 1"),))
EMPTY = Outline((), frozenset(), (), ())


def test_it_gives_what_is_read(clock: Any) -> None:
    assert CheckDesk(lambda _: EMPTY, clock).look("ada", UPLOAD) is EMPTY


def test_one_person_looks_so_often_and_then_waits_as_long_as_is_said(clock: Any) -> None:
    desk = CheckDesk(lambda _: EMPTY, clock)
    for _ in range(PER_MINUTE):
        desk.look("ada", UPLOAD)
    with pytest.raises(TooManyRequests) as refused:
        desk.look("ada", UPLOAD)
    desk.look("bashir", UPLOAD)
    clock.forward(refused.value.retry_seconds)
    desk.look("ada", UPLOAD)


def test_nobody_waits_for_a_slot_for_long(clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_desk, "PATIENCE_SECONDS", 0.01)
    begun, end = threading.Semaphore(0), threading.Event()

    def reads(_upload: Upload) -> Outline:
        begun.release()
        end.wait(60)
        return EMPTY

    desk = CheckDesk(reads, clock)
    threads = [threading.Thread(target=desk.look, args=("ada", UPLOAD)) for _ in range(SLOTS)]
    for thread in threads:
        thread.start()
    for _ in threads:
        begun.acquire(timeout=60)
    assert desk.look("bashir", UPLOAD) is None
    end.set()
    for thread in threads:
        thread.join()
    assert desk.look("bashir", UPLOAD) is EMPTY


def test_a_fault_of_ours_gives_nothing_and_frees_its_slot(clock: Any) -> None:
    def broken(_upload: Upload) -> Outline:
        raise SandboxBroken("no process")

    desk = CheckDesk(broken, clock)
    assert [desk.look("ada", UPLOAD) for _ in range(SLOTS + 1)] == [None] * (SLOTS + 1)


def test_a_clock_that_is_set_back_locks_nobody_out(clock: Any) -> None:
    desk = CheckDesk(lambda _: EMPTY, clock)
    for _ in range(PER_MINUTE):
        desk.look("ada", UPLOAD)
    clock.forward(-3600)
    with pytest.raises(TooManyRequests) as refused:
        desk.look("ada", UPLOAD)
    assert refused.value.retry_seconds == 60 / PER_MINUTE
    clock.forward(refused.value.retry_seconds)
    desk.look("ada", UPLOAD)
