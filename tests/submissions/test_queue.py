"""The embedded engine: every job once, faults of ours again, and a queue that outlives its workers."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from submissions.clock import system_clock
from submissions.database import Database
from submissions.errors import Postponed, SecondHost
from submissions.models import Lane, State
from submissions.queue import EmbeddedEngine, Graded, Job
from submissions.receiving import regrade

Report = Callable[..., dict[str, object]]
LIVE = [Lane.LIVE]
BOTH = [Lane.LIVE, Lane.REGRADE]


@pytest.fixture
def engine(school: Any) -> EmbeddedEngine:
    return EmbeddedEngine(school.database, school.clock, lease_seconds=15, heartbeat_seconds=3, retry_seconds=2)


def grading(school: Any, grading_id: str) -> Any:
    with school.database.reading() as tx:
        return tx.gradings.get(grading_id)


def kinds(school: Any, grading_id: str) -> list[str]:
    with school.database.reading() as tx:
        return [event.kind for event in tx.events.of_grading(grading_id)]


def test_a_job_carries_what_grading_needs(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in(source="x = 1\n")
    seen: list[Job] = []

    def handler(job: Job) -> Graded:
        seen.append(job)
        return Graded(report(given=6.0), "secret:7", "sha256:v")

    assert engine.run_once(handler, "w", LIVE)
    assert not engine.run_once(handler, "w", LIVE)
    assert seen == [Job(submitted.grading_id, submitted.submission.id, "network", "a.py", b"x = 1\n", 1)]
    done = grading(school, submitted.grading_id)
    assert (done.state, done.score_given, done.seed, done.version) == (State.DONE, 6.0, "secret:7", "sha256:v")


def test_taking_a_job_moves_the_time_of_its_lane(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    for name in ("grace", "bob", "eve"):
        school.hand_in(school.person(name))
    for tag in (1, 2):
        engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
        with school.database.reading() as tx:
            assert tx.clocks.lane_tag(Lane.LIVE) == tag


def test_a_lane_that_is_not_served_waits(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()
    engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    with school.database.transaction() as tx:
        regrade(tx, submitted.submission.id, school.clock())
    assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    assert engine.depth() == {"live": 0, "regrade": 1, "running": 0}
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", BOTH)


def test_a_fault_of_ours_is_tried_again_after_a_rest_and_a_poison_job_fails(
    school: Any, engine: EmbeddedEngine, report: Report
) -> None:
    poison, good = school.hand_in(source="poison"), school.hand_in(school.person("grace"))
    attempts: list[int] = []

    def handler(job: Job) -> Graded:
        if job.source == b"poison":
            attempts.append(job.attempt)
            raise OSError("the sandbox could not start")
        return Graded(report(), "s", "v")

    assert engine.run_once(handler, "w", LIVE)
    assert engine.run_once(handler, "w", LIVE)  # the others continue
    assert grading(school, good.grading_id).state is State.DONE
    assert not engine.run_once(handler, "w", LIVE)
    for rest in (2, 4):
        school.clock.forward(rest - 0.1)
        assert not engine.run_once(handler, "w", LIVE)
        school.clock.forward(0.1)
        assert engine.run_once(handler, "w", LIVE)
    school.clock.forward(3600)
    assert not engine.run_once(handler, "w", LIVE)
    failed = grading(school, poison.grading_id)
    assert attempts == [1, 2, 3]
    assert (failed.state, failed.error, failed.score_given) == (
        State.FAILED,
        "OSError: the sandbox could not start",
        None,
    )


def test_a_report_that_cannot_be_recorded_is_a_fault_of_ours(school: Any, engine: EmbeddedEngine) -> None:
    submitted = school.hand_in()
    assert engine.run_once(lambda job: Graded({"score": {}}, "s", "v"), "w", LIVE)
    again = grading(school, submitted.grading_id)
    assert (again.state, again.error) == (State.QUEUED, "KeyError: 'given'")


def test_a_recovered_fault_leaves_no_error(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    def handler(job: Job) -> Graded:
        if job.attempt == 1:
            raise OSError("once")
        return Graded(report(), "s", "v")

    engine.run_once(handler, "w", LIVE)
    school.clock.forward(10)
    engine.run_once(handler, "w", LIVE)
    done = grading(school, submitted.grading_id)
    assert (done.state, done.error, done.attempts) == (State.DONE, None, 2)


def test_a_postponed_job_waits_without_spending_attempts(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    def no_wall(job: Job) -> Graded:
        raise Postponed("The sandbox does not hold on this machine.")

    for _ in range(5):
        assert engine.run_once(no_wall, "w", LIVE)
        assert not engine.run_once(no_wall, "w", LIVE)
        school.clock.forward(60)
    waiting = grading(school, submitted.grading_id)
    assert (waiting.state, waiting.attempts) == (State.QUEUED, 0)
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)


def test_an_expired_lease_is_taken_back_and_the_late_result_discarded(
    school: Any, engine: EmbeddedEngine, report: Report
) -> None:
    """The zombie: a worker out of reach for longer than its lease, which then comes back with a result."""
    submitted = school.hand_in()

    def zombie(job: Job) -> Graded:
        school.clock.forward(16)
        assert engine.run_once(lambda job: Graded(report(given=7.0), "s", "v"), "second", LIVE)
        return Graded(report(given=1.0), "s", "v")

    assert engine.run_once(zombie, "first", LIVE)
    done = grading(school, submitted.grading_id)
    assert (done.state, done.score_given, done.attempts) == (State.DONE, 7.0, 2)
    assert kinds(school, submitted.grading_id) == [
        "submission.received",
        "grading.retried",
        "grading.done",
        "grading.result_discarded",
    ]


def test_a_late_fault_of_a_zombie_changes_nothing(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    def zombie(job: Job) -> Graded:
        school.clock.forward(16)
        engine.run_once(lambda job: Graded(report(given=7.0), "s", "v"), "second", LIVE)
        raise OSError("late")

    engine.run_once(zombie, "first", LIVE)
    assert grading(school, submitted.grading_id).score_given == 7.0


def test_workers_that_die_three_times_leave_a_failed_grading(school: Any, engine: EmbeddedEngine) -> None:
    submitted = school.hand_in()

    class Killed(BaseException):
        """Stands for a process that ends: nothing of ours handles it."""

    def dies(job: Job) -> Graded:
        raise Killed

    for attempt in (1, 2, 3):
        with pytest.raises(Killed):
            engine.run_once(dies, f"w{attempt}", LIVE)
        assert grading(school, submitted.grading_id).state is State.RUNNING
        school.clock.forward(15)
    assert not engine.run_once(dies, "w4", LIVE)
    failed = grading(school, submitted.grading_id)
    assert failed.state is State.FAILED
    assert "w3" in failed.error
    assert "attempt 3" in failed.error


def test_a_heartbeat_keeps_a_long_job(school: Any, report: Report) -> None:
    """Forty seconds under a lease of fifteen: the heartbeat has renewed it each time somebody looks."""
    engine = EmbeddedEngine(school.database, school.clock, lease_seconds=15, heartbeat_seconds=0.01)
    submitted = school.hand_in()

    def is_held() -> bool:
        with school.database.reading() as tx:
            return not tx.queue.expired(school.clock())

    def long_job(job: Job) -> Graded:
        for _ in range(4):
            school.clock.forward(10)
            for _ in range(1000):
                if is_held():
                    break
                threading.Event().wait(0.01)
            assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "thief", LIVE)
        return Graded(report(given=5.0), "s", "v")

    assert engine.run_once(long_job, "w", LIVE)
    done = grading(school, submitted.grading_id)
    assert (done.score_given, done.attempts) == (5.0, 1)


def test_cancelled_while_it_waits_it_is_never_begun(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        assert engine.cancel(tx, submitted.grading_id)
        assert not engine.cancel(tx, submitted.grading_id)
    assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    assert grading(school, submitted.grading_id).state is State.CANCELLED


def test_cancelled_while_it_runs_its_result_is_discarded(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()

    def cancelled_meanwhile(job: Job) -> Graded:
        with school.database.transaction() as tx:
            assert engine.cancel(tx, submitted.grading_id)
        return Graded(report(), "s", "v")

    assert engine.run_once(cancelled_meanwhile, "w", LIVE)
    cancelled = grading(school, submitted.grading_id)
    assert (cancelled.state, cancelled.report) == (State.CANCELLED, None)


def test_what_is_done_cannot_be_cancelled(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = school.hand_in()
    engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    with school.database.transaction() as tx:
        assert not engine.cancel(tx, submitted.grading_id)
    assert grading(school, submitted.grading_id).state is State.DONE


def test_cancel_against_finish_ends_in_one_of_them(school: Any, engine: EmbeddedEngine, report: Report) -> None:
    submitted = [school.hand_in(school.person(f"p{number}")).grading_id for number in range(20)]
    outcomes: dict[str, bool] = {}

    def cancel_all() -> None:
        for grading_id in submitted:
            with school.database.transaction() as tx:
                outcomes[grading_id] = engine.cancel(tx, grading_id)

    canceller = threading.Thread(target=cancel_all)

    def handler(job: Job) -> Graded:
        if not canceller.is_alive() and not outcomes:
            canceller.start()
        return Graded(report(), "s", "v")

    while engine.run_once(handler, "w", LIVE):
        pass
    canceller.join()
    for grading_id in submitted:
        state = grading(school, grading_id).state
        assert state is (State.CANCELLED if outcomes[grading_id] else State.DONE)


def test_an_enqueue_that_is_rolled_back_leaves_nothing(school: Any, engine: EmbeddedEngine) -> None:
    submitted = school.hand_in()
    with pytest.raises(ZeroDivisionError), school.database.transaction() as tx:
        engine.enqueue(tx, submitted.grading_id, priority=5, lane=Lane.REGRADE)
        engine.cancel(tx, submitted.grading_id)
        raise ZeroDivisionError
    assert engine.depth() == {"live": 1, "regrade": 0, "running": 0}


def test_a_greater_priority_goes_first(school: Any, engine: EmbeddedEngine) -> None:
    first, urgent = school.hand_in(), school.hand_in(school.person("grace"))
    with school.database.transaction() as tx:
        engine.enqueue(tx, urgent.grading_id, priority=5, lane=Lane.LIVE)
    with school.database.reading() as tx:
        assert (tx.gradings.position(urgent.grading_id), tx.gradings.position(first.grading_id)) == (1, 2)


Work = Callable[..., threading.Thread]


@pytest.fixture
def work() -> Iterator[Work]:
    """Runs an engine in a thread; whatever still works at the end of the test is stopped."""
    running: list[tuple[threading.Thread, threading.Event]] = []

    def begin(engine: EmbeddedEngine, handler: Any, slots: int, stop: threading.Event) -> threading.Thread:
        thread = threading.Thread(target=lambda: engine.run(handler, slots=slots, lanes=BOTH, stop=stop))
        running.append((thread, stop))
        thread.start()
        return thread

    yield begin
    for thread, stop in running:
        stop.set()
        thread.join(30)


def test_claimers_in_many_threads_never_get_the_same_job(school: Any, report: Report, work: Work) -> None:
    submitted = {school.hand_in(school.person(f"p{number}")).grading_id for number in range(40)}
    seen: list[str] = []
    stop, all_seen = threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        seen.append(job.grading_id)
        if len(seen) >= len(submitted):
            all_seen.set()
        return Graded(report(), "s", "v")

    engine = EmbeddedEngine(school.database, system_clock)
    thread = work(engine, handler, 4, stop)
    assert all_seen.wait(30)
    stop.set()
    thread.join()
    assert len(seen) == len(submitted)
    assert set(seen) == submitted
    assert {grading(school, each).state for each in submitted} == {State.DONE}


def test_work_of_this_process_wakes_a_sleeping_worker(
    school: Any, report: Report, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("submissions.queue.POLL_SECONDS", 60.0)  # only the bell can wake it
    school.clock.now = system_clock()
    stop, done = threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        done.set()
        return Graded(report(), "s", "v")

    thread = work(EmbeddedEngine(school.database, system_clock), handler, 2, stop)
    assert not done.wait(0.1)
    school.hand_in()
    assert done.wait(30)
    stop.set()
    thread.join(30)
    assert not thread.is_alive()


def test_work_of_another_process_is_found_by_looking(school: Any, report: Report, work: Work) -> None:
    stop, done = threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        done.set()
        return Graded(report(), "s", "v")

    elsewhere = Database.open(school.url, system_clock)
    thread = work(EmbeddedEngine(elsewhere, system_clock), handler, 1, stop)
    assert not done.wait(0.1)
    school.hand_in()  # rings the bell of its own Database only
    assert done.wait(30)
    stop.set()
    thread.join()
    elsewhere.close()


def test_stopping_finishes_what_has_begun(school: Any, report: Report, work: Work) -> None:
    submitted = school.hand_in()
    stop, begun, go_on = threading.Event(), threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        begun.set()
        go_on.wait(30)
        return Graded(report(), "s", "v")

    thread = work(EmbeddedEngine(school.database, system_clock), handler, 1, stop)
    assert begun.wait(30)
    stop.set()
    thread.join(0.1)
    assert thread.is_alive()
    go_on.set()
    thread.join()
    assert grading(school, submitted.grading_id).state is State.DONE


def test_a_second_host_is_refused_until_the_first_is_gone(
    school: Any, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    stop.set()
    engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)
    monkeypatch.setattr("submissions.queue.this_host", lambda: "other (boot 2)")
    with pytest.raises(SecondHost):
        engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)
    school.clock.forward(15)
    engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)
