"""The worker examines the sandbox first, and takes no job while a wall does not hold."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest

from app.context import Context
from app.gradings.grading import Graders
from app.main import Workshop, create_app
from app.metrics.instruments import Metrics
from app.sandbox_health import SandboxHealth, SandboxState
from app.settings import Settings
from app.worker import Worker
from submissions.errors import Postponed, SecondHost
from submissions.queue import Graded, Handler, Job


def always(handler: Handler) -> Graders:
    """Graders that have nothing to open and lose no wall."""
    return lambda level, lost: nullcontext(handler)


def idle(context: Context, stop: threading.Event) -> None:
    """Sends no scores."""


HOLDS = SandboxHealth(SandboxState.HOLDS, "container")
REFUSED = SandboxHealth(SandboxState.REFUSED, "container", message="These walls do not hold: no network.")


class FakeEngine:
    """Notes that it ran, fails as often as it has errors, and then stops the worker."""

    def __init__(self, errors: list[Exception], worker: threading.Event) -> None:
        self.ran = 0
        self._worker = worker
        self._errors = errors

    def run(self, handler: Handler, *, slots: int, lanes: Any, stop: threading.Event) -> None:
        self.ran += 1
        if self._errors:
            raise self._errors.pop(0)
        self._worker.set()
        assert stop.wait(10.0)


def worked(outcomes: list[SandboxHealth], *errors: Exception) -> tuple[FakeEngine, list[SandboxHealth]]:
    """What happens when the examinations come out like this, and the engine fails like that."""
    stop, told = threading.Event(), list[SandboxHealth]()
    engine = FakeEngine(list(errors), stop)
    left = list(outcomes)

    def examine() -> SandboxHealth:
        health = left.pop(0)
        if not left:
            stop_soon(stop, health)
        return health

    def stop_soon(stop: threading.Event, health: SandboxHealth) -> None:
        if health.state is SandboxState.REFUSED:
            stop.set()

    Worker(
        engine,  # type: ignore[arg-type]  # run is all that is used
        always(lambda job: pytest.fail("no job is taken")),
        examine,
        slots=1,
        stop=stop,
        told=told.append,
        metrics=Metrics(),
    ).run()
    return engine, told


def test_it_works_where_the_walls_hold() -> None:
    engine, told = worked([HOLDS])

    assert engine.ran == 1
    assert told == [HOLDS]


def test_it_takes_nothing_where_one_does_not() -> None:
    engine, told = worked([REFUSED])

    assert engine.ran == 0
    assert told == [REFUSED]


def test_it_looks_again_and_goes_on_when_the_wall_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.worker.AGAIN_SECONDS", 0.01)
    engine, told = worked([REFUSED, REFUSED, HOLDS])

    assert engine.ran == 1
    assert told == [REFUSED, REFUSED, HOLDS]


def test_a_lost_wall_ends_the_grading_and_is_examined_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is told to stop, what grades is closed, and the next examination decides."""
    monkeypatch.setattr("app.worker.AGAIN_SECONDS", 0.01)
    stop = threading.Event()
    happened: list[str] = []
    health = [HOLDS, REFUSED, HOLDS]

    class Engine:
        def run(self, handler: Handler, *, slots: int, lanes: Any, stop: threading.Event) -> None:
            with pytest.raises(Postponed):
                handler(Job("g", "s", "a", "a.py", b"", 1))
            assert stop.wait(10.0)

    @contextmanager
    def graders(level: str, lost: Callable[[], None]) -> Iterator[Handler]:
        def handler(job: Job) -> Graded:
            (lost if health else stop.set)()
            raise Postponed("no network")

        happened.append(f"open at {level}")
        yield handler
        happened.append("closed")

    def examine() -> SandboxHealth:
        happened.append("examined")
        return health.pop(0)

    Worker(Engine(), graders, examine, slots=1, stop=stop, told=lambda _: None, metrics=Metrics()).run()  # type: ignore[arg-type]  # run is all that is used

    once = ["examined", "open at container", "closed"]
    assert happened == [*once, "examined", *once]


def test_another_host_at_work_is_told_and_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.worker.AGAIN_SECONDS", 0.01)
    engine, told = worked([HOLDS, HOLDS], SecondHost("elsewhere"))

    assert engine.ran == 2
    assert [health.state for health in told] == [SandboxState.HOLDS, SandboxState.REFUSED, SandboxState.HOLDS]
    assert "elsewhere" in told[1].message


def test_a_failure_nobody_expected_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.worker.AGAIN_SECONDS", 0.01)
    engine, told = worked([HOLDS, HOLDS], RuntimeError("secret detail"))

    assert engine.ran == 2
    assert "RuntimeError" in told[1].message
    assert "secret detail" not in told[1].message


def test_the_embedded_worker_grades_what_is_handed_in(
    settings: Settings, start: Callable[..., Any], make_school: Callable[[Any], Any], fake: Handler
) -> None:
    workshop = Workshop(lambda _settings: HOLDS, lambda *_: always(fake), idle)
    school = make_school(start(create_app(settings.model_copy(update={"embedded_worker": True}), workshop=workshop)))
    submission = school.hand_in()

    assert school.comes_to(submission, "done")["score"]["given"] == 82.0
    assert school.client.get("/readyz").json()["grading"]


def test_uploads_wait_where_a_wall_does_not_hold(
    settings: Settings, start: Callable[..., Any], make_school: Callable[[Any], Any], fake: Handler
) -> None:
    workshop = Workshop(lambda _settings: REFUSED, lambda *_: always(fake), idle)
    school = make_school(start(create_app(settings.model_copy(update={"embedded_worker": True}), workshop=workshop)))
    submission = school.hand_in()
    ready = school.client.get("/readyz").json()

    assert (ready["ready"], ready["grading"]) == (True, False)
    assert "no network" in ready["sandbox"]["message"]
    assert school.state(submission)["state"] == "queued"


def test_a_grading_that_keeps_failing_ends_without_a_score(
    settings: Settings, start: Callable[..., Any], make_school: Callable[[Any], Any]
) -> None:
    def fails(job: Job) -> Any:
        raise RuntimeError("the reference is missing")

    workshop = Workshop(lambda _settings: HOLDS, lambda *_: always(fails), idle)
    school = make_school(start(create_app(settings.model_copy(update={"embedded_worker": True}), workshop=workshop)))
    body = school.comes_to(school.hand_in(), "failed")

    assert body["score"] is None
    assert "reference is missing" not in str(body)
