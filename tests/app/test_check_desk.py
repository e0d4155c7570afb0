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


def test_a_file_that_is_handed_in_is_not_read_again_where_it_was_looked_at_last(clock: Any) -> None:
    seen: list[Upload] = []

    def reads(upload: Upload) -> Outline:
        seen.append(upload)
        return EMPTY

    desk, other = CheckDesk(reads, clock), Upload((SourceFile("a.py", "x = 2"),))
    desk.look("ada", UPLOAD)
    assert desk.glance("ada", UPLOAD) is EMPTY
    assert seen == [UPLOAD]
    assert desk.glance("bashir", UPLOAD) is EMPTY
    assert desk.glance("ada", other) is EMPTY
    assert seen == [UPLOAD, UPLOAD, other]


def test_handing_in_uses_no_look_and_only_so_many_people_are_remembered(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_desk, "REMEMBERED", 2)
    desk = CheckDesk(lambda _: EMPTY, clock)
    for number in range(3 * PER_MINUTE):
        desk.glance(f"person {number % 3}", Upload((SourceFile("a.py", f"x = {number}"),)))
    assert desk.look("person 0", UPLOAD) is EMPTY
    assert len(desk._last) == 2


def test_what_could_not_be_read_is_read_again(clock: Any) -> None:
    answers = iter([None, EMPTY])
    desk = CheckDesk(lambda _: next(answers), clock)
    assert desk.look("ada", UPLOAD) is None
    assert desk.glance("ada", UPLOAD) is EMPTY


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
