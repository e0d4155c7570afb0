"""Files older than the setting are removed while the service runs, and pages say so."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from app.housekeeping import Housekeeping


def test_a_removed_file_leaves_a_result_that_says_so(school: Any) -> None:
    submission = school.hand_in(source="x = 'mine'\n")
    school.grade()
    school.clock.forward(40 * 86_400)
    keeping = Housekeeping(school.context.database, school.clock, timedelta(days=30))
    removed = [keeping.run_once(), keeping.run_once()]
    school.sign_in("ada")
    result = school.client.get(f"/submissions/{submission}")
    for path in ("source", "source?download=1"):
        gone = school.client.get(f"/submissions/{submission}/{path}")
        assert gone.status_code == 404
        assert "removed" in gone.text

    assert removed == [1, 0]
    assert result.status_code == 200
    assert "82" in result.text


def test_a_log_that_could_not_be_emptied_is_emptied_later(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, left, folds = threading.Event(), [1], list[bool]()
    keeping = Housekeeping(school.context.database, school.clock, timedelta(days=30))

    def looks() -> int:
        if len(folds) == 2 and not left:
            stop.set()
        return left.pop() if left else 0

    def folds_the_second_time() -> bool:
        folds.append(bool(folds))
        return folds[-1]

    monkeypatch.setattr(Housekeeping, "run_once", lambda _self: looks())
    monkeypatch.setattr(school.context.database, "fold", folds_the_second_time)
    monkeypatch.setattr("app.housekeeping.PAUSE_SECONDS", 0.01)
    running = threading.Thread(target=keeping.run, args=(stop,), daemon=True)
    running.start()
    running.join(30)
    stop.set()

    assert folds == [False, True]


def test_one_fault_does_not_end_it(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, calls = threading.Event(), list[int]()
    keeping = Housekeeping(school.context.database, school.clock, timedelta(days=30))

    def fails() -> int:
        calls.append(1)
        if len(calls) == 2:
            stop.set()
        raise OSError("disk")

    monkeypatch.setattr(Housekeeping, "run_once", lambda _self: fails())
    monkeypatch.setattr("app.housekeeping.PAUSE_SECONDS", 0.01)
    keeping.run(stop)

    assert len(calls) == 2
