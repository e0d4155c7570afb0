"""The engines: every job once, faults of ours again, and a queue that outlives its workers."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from submissions.errors import Postponed
from submissions.gradings import record_failure
from submissions.models import GradingReason, Lane, Place, State
from submissions.queue import Engine, Graded, Job
from submissions.repository.jobs import LONGEST_REST
from tests.fakes.single_regrade import regrade

Report = Callable[..., dict[str, object]]
LIVE = [Lane.LIVE]
BOTH = [Lane.LIVE, Lane.REGRADE]


@pytest.fixture
def engine(school: Any) -> Engine:
    made: Engine = school.engine(lease_seconds=15, heartbeat_seconds=3, retry_seconds=2)
    return made


def grading(school: Any, grading_id: str) -> Any:
    with school.database.reading() as tx:
        return tx.gradings.get(grading_id)


def kinds(school: Any, grading_id: str) -> list[str]:
    with school.database.reading() as tx:
        return [event.kind for event in tx.events.of_grading(grading_id)]


def test_a_job_carries_what_grading_needs(school: Any, engine: Engine, report: Report) -> None:
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


def test_taking_a_job_moves_the_time_of_its_lane(school: Any, engine: Engine, report: Report) -> None:
    for name in ("grace", "bob", "eve"):
        school.hand_in(school.person(name))
    for tag in (1, 2):
        engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
        with school.database.reading() as tx:
            assert tx.clocks.read(Lane.LIVE, school.course.id).of_lane == tag


def test_a_lane_that_is_not_served_waits(school: Any, engine: Engine, report: Report) -> None:
    submitted = school.hand_in()
    engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    with school.database.transaction() as tx:
        regrade(tx, submitted.submission.id, school.clock())
    assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    with school.database.reading() as tx:
        assert tx.queue.depth() == {"live": 0, "regrade": 1, "running": 0}
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", BOTH)


def test_a_fault_of_ours_is_tried_again_after_a_rest_and_a_poison_job_fails(
    school: Any, engine: Engine, report: Report
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
    for rest in (2, 4, 8, 16, 32):
        school.clock.forward(rest - 0.1)
        assert not engine.run_once(handler, "w", LIVE)
        school.clock.forward(0.1)
        assert engine.run_once(handler, "w", LIVE)
    school.clock.forward(3600)
    assert not engine.run_once(handler, "w", LIVE)
    failed = grading(school, poison.grading_id)
    assert attempts == [1, 2, 3, 4, 5, 6]
    assert (failed.state, failed.error, failed.score_given) == (
        State.FAILED,
        "OSError: the sandbox could not start",
        None,
    )


def test_no_rest_is_longer_than_what_is_believed_of_one(school: Any, report: Report) -> None:
    """A moment beyond that counts as written before the clock was set back, so the job would not rest at all."""
    engine = school.engine(lease_seconds=15, heartbeat_seconds=3, retry_seconds=3600)
    school.hand_in()

    def fails(job: Job) -> Graded:
        raise OSError("the sandbox could not start")

    assert engine.run_once(fails, "w", LIVE)
    assert not engine.run_once(fails, "w", LIVE)
    school.clock.forward(LONGEST_REST.total_seconds())
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)


def test_a_report_that_cannot_be_recorded_is_a_fault_of_ours(school: Any, engine: Engine) -> None:
    submitted = school.hand_in()
    assert engine.run_once(lambda job: Graded({"score": {}}, "s", "v"), "w", LIVE)
    again = grading(school, submitted.grading_id)
    assert (again.state, again.error) == (State.QUEUED, "KeyError: 'given'")


def test_a_recovered_fault_leaves_no_error(school: Any, engine: Engine, report: Report) -> None:
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


def test_a_postponed_job_waits_without_spending_attempts(school: Any, engine: Engine, report: Report) -> None:
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


@pytest.mark.parametrize("back", [1, 59, 602, 3600])
def test_a_clock_that_is_set_back_lets_no_upload_wait(school: Any, engine: Engine, report: Report, back: int) -> None:
    """Neither one that has just come nor one whose worker was lost: both may be taken at once."""
    lost, fresh = school.hand_in(), school.hand_in(school.person("grace"))

    def never_comes_back(job: Job) -> Graded:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.run_once(never_comes_back, "w1", LIVE)
    school.clock.forward(16)
    with school.database.transaction() as tx:
        (held,) = tx.queue.expired(school.clock(), timedelta(seconds=15))
        record_failure(tx, held.grading_id, held.lease_token, "lost", school.clock())
    school.clock.forward(-back)
    for _ in range(2):
        assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w2", LIVE)

    assert {grading(school, each.grading_id).state for each in (lost, fresh)} == {State.DONE}


@pytest.mark.parametrize("back", [301, 3600])
def test_a_clock_that_is_set_back_holds_neither_a_rest_nor_a_lease_for_long(
    school: Any, engine: Engine, report: Report, back: int
) -> None:
    submitted = school.hand_in()

    def fails(job: Job) -> Graded:
        raise OSError("the sandbox could not start")

    def never_comes_back(job: Job) -> Graded:
        raise KeyboardInterrupt

    assert engine.run_once(fails, "w1", LIVE)
    school.clock.forward(-back)
    with pytest.raises(KeyboardInterrupt):  # it rests two seconds, but by another clock
        engine.run_once(never_comes_back, "w1", LIVE)
    school.clock.forward(-back)
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w2", LIVE)
    assert grading(school, submitted.grading_id).state is State.DONE


def test_an_expired_lease_is_taken_back_and_the_late_result_discarded(
    school: Any, engine: Engine, report: Report
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


def test_a_late_fault_of_a_zombie_changes_nothing(school: Any, engine: Engine, report: Report) -> None:
    submitted = school.hand_in()

    def zombie(job: Job) -> Graded:
        school.clock.forward(16)
        engine.run_once(lambda job: Graded(report(given=7.0), "s", "v"), "second", LIVE)
        raise OSError("late")

    engine.run_once(zombie, "first", LIVE)
    assert grading(school, submitted.grading_id).score_given == 7.0


def test_workers_that_die_six_times_leave_a_failed_grading(school: Any, engine: Engine) -> None:
    submitted = school.hand_in()

    class Killed(BaseException):
        """Stands for a process that ends: nothing of ours handles it."""

    def dies(job: Job) -> Graded:
        raise Killed

    for attempt, rest in enumerate((0, 0, 8, 16, 32, 0), start=1):  # at once after two, then longer each time
        with pytest.raises(Killed):
            engine.run_once(dies, f"w{attempt}", LIVE)
        assert grading(school, submitted.grading_id).state is State.RUNNING
        school.clock.forward(15)
        if rest:
            assert not engine.run_once(dies, "too early", LIVE)
            school.clock.forward(rest)
    assert not engine.run_once(dies, "w7", LIVE)
    failed = grading(school, submitted.grading_id)
    assert failed.state is State.FAILED
    assert "w6" in failed.error
    assert "attempt 6" in failed.error


def test_a_heartbeat_keeps_a_long_job(school: Any, report: Report) -> None:
    """Forty seconds under a lease of fifteen: the heartbeat has renewed it each time somebody looks."""
    engine = school.engine(lease_seconds=15, heartbeat_seconds=0.01)
    submitted = school.hand_in()

    def is_held() -> bool:
        with school.database.reading() as tx:
            return not tx.queue.expired(school.clock(), timedelta(seconds=15))

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


def test_cancelled_while_it_waits_it_is_never_begun(school: Any, engine: Engine, report: Report) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        assert tx.cancel(submitted.grading_id, school.clock())
        assert not tx.cancel(submitted.grading_id, school.clock())
    assert not engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    assert grading(school, submitted.grading_id).state is State.CANCELLED


def test_cancelled_while_it_runs_its_result_is_discarded(school: Any, engine: Engine, report: Report) -> None:
    submitted = school.hand_in()

    def cancelled_meanwhile(job: Job) -> Graded:
        with school.database.transaction() as tx:
            assert tx.cancel(submitted.grading_id, school.clock())
        return Graded(report(), "s", "v")

    assert engine.run_once(cancelled_meanwhile, "w", LIVE)
    cancelled = grading(school, submitted.grading_id)
    assert (cancelled.state, cancelled.report) == (State.CANCELLED, None)


def test_what_is_done_cannot_be_cancelled(school: Any, engine: Engine, report: Report) -> None:
    submitted = school.hand_in()
    engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE)
    with school.database.transaction() as tx:
        assert not tx.cancel(submitted.grading_id, school.clock())
    assert grading(school, submitted.grading_id).state is State.DONE


def test_cancel_against_finish_ends_in_one_of_them(school: Any, engine: Engine, report: Report) -> None:
    submitted = [school.hand_in(school.person(f"p{number}")).grading_id for number in range(20)]
    outcomes: dict[str, bool] = {}

    def cancel_all() -> None:
        for grading_id in submitted:
            with school.database.transaction() as tx:
                outcomes[grading_id] = tx.cancel(grading_id, school.clock())

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


def test_an_enqueue_that_is_rolled_back_leaves_nothing(school: Any, engine: Engine) -> None:
    submitted = school.hand_in()
    with pytest.raises(ZeroDivisionError), school.database.transaction() as tx:
        tx.ask(submitted.submission.id, GradingReason.REGRADE, Place(Lane.REGRADE, 1, 5), school.clock())
        tx.cancel(submitted.grading_id, school.clock())
        raise ZeroDivisionError
    with school.database.reading() as tx:
        assert tx.queue.depth() == {"live": 1, "regrade": 0, "running": 0}


def test_a_greater_priority_goes_first(school: Any, engine: Engine) -> None:
    first = school.hand_in()
    with school.database.transaction() as tx:
        urgent = tx.ask(first.submission.id, GradingReason.REGRADE, Place(Lane.LIVE, 1, 5), school.clock())
    with school.database.reading() as tx:
        assert (tx.gradings.position(urgent), tx.gradings.position(first.grading_id)) == (1, 2)


def test_a_grading_that_is_cancelled_while_it_runs_is_told_to_stop(school: Any, report: Report) -> None:
    engine = school.engine(heartbeat_seconds=0.01)
    submitted = school.hand_in()

    def cancelled_meanwhile(job: Job) -> Graded:
        assert not job.dropped.wait(0.05)
        with school.database.transaction() as tx:
            assert tx.cancel(submitted.grading_id, school.clock())
        assert job.dropped.wait(30)
        raise Postponed("no longer wanted")

    assert engine.run_once(cancelled_meanwhile, "w", LIVE)
    assert grading(school, submitted.grading_id).state is State.CANCELLED
    assert kinds(school, submitted.grading_id) == ["submission.received", "grading.cancelled"]
