"""How gradings reach workers: each once, at once, in a fair order, and also after the database was away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from submissions.attempts import Attempts, database_time
from submissions.clock import system_clock
from submissions.database import Database
from submissions.errors import SecondHost
from submissions.models import Lane, Place, State
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine, Graded, Job
from tests.databases import POSTGRESQL, SQLITE
from tests.fakes.postgresql_server import PostgresqlServer
from tests.fakes.single_regrade import regrade
from tests.submissions.recovery import nudges, recover, until, wait_until_idle

Report = Callable[..., dict[str, object]]
LIVE = [Lane.LIVE]
BOTH = [Lane.LIVE, Lane.REGRADE]
shared = pytest.mark.parametrize("database_kind", [POSTGRESQL])


def grading(school: Any, grading_id: str) -> Any:
    with school.database.reading() as tx:
        return tx.gradings.get(grading_id)


Work = Callable[..., threading.Thread]


@pytest.fixture
def work() -> Iterator[Work]:
    """Runs an engine in a thread; whatever still works at the end of the test is stopped."""
    running: list[tuple[threading.Thread, threading.Event]] = []

    def begin(engine: Engine, handler: Any, slots: int, stop: threading.Event) -> threading.Thread:
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

    engine = school.engine(system_clock)
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
    # Only the bell can wake it, or PostgreSQL's notification.
    for engine in ("embedded_engine", "procrastinate_engine"):
        monkeypatch.setattr(f"submissions.{engine}.POLL_SECONDS", 60.0)
    school.clock.now = system_clock()
    stop, done = threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        done.set()
        return Graded(report(), "s", "v")

    thread = work(school.engine(system_clock), handler, 2, stop)
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
    thread = work(school.engine(system_clock, elsewhere), handler, 1, stop)
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

    thread = work(school.engine(system_clock), handler, 1, stop)
    assert begun.wait(30)
    stop.set()
    thread.join(0.1)
    assert thread.is_alive()
    go_on.set()
    thread.join()
    assert grading(school, submitted.grading_id).state is State.DONE


@pytest.mark.parametrize("database_kind", [SQLITE])
def test_a_second_host_is_refused_until_the_first_is_gone(school: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = school.engine(lease_seconds=15)
    stop = threading.Event()
    stop.set()
    engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)
    monkeypatch.setattr("submissions.embedded_engine.this_host", lambda: "other (boot 2)")
    with pytest.raises(SecondHost):
        engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)
    school.clock.forward(15)
    engine.run(lambda job: Graded({}, "s", "v"), slots=1, lanes=LIVE, stop=stop)


def test_a_regrade_of_everything_leaves_a_slot_for_what_is_live(school: Any, report: Report, work: Work) -> None:
    """Regrades hold every slot they may have and do not end; a live upload is begun all the same."""
    engine = school.engine(system_clock)
    first = [school.hand_in(school.person(f"p{number}")) for number in range(4)]
    while engine.run_once(lambda job: Graded(report(), "s", "v"), "w", LIVE):
        pass
    with school.database.transaction() as tx:
        regrades = {regrade(tx, each.submission.id, school.clock()) for each in first}
    stop, busy, live, go_on = threading.Event(), threading.Event(), threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        if job.grading_id in regrades:
            busy.set()
            go_on.wait(60)
        else:
            live.set()
        return Graded(report(), "s", "v")

    work(engine, handler, 3, stop)
    assert busy.wait(30)
    submitted = school.hand_in()
    assert live.wait(30)
    stop.set()
    go_on.set()
    assert grading(school, submitted.grading_id).state in (State.RUNNING, State.DONE)


def test_a_rush_delays_nobody_whoever_brings_the_gradings(school: Any, report: Report, work: Work) -> None:
    """Ten uploads of another course, after a rush: all are among the next twenty-five."""
    other_course, other = school.another_course("other")
    for number in range(60):
        school.hand_in(school.person(f"rush{number}"))
    late = {
        school.hand_in(school.person(f"late{number}", course=other_course), assignment=other).grading_id
        for number in range(10)
    }
    begun: list[str] = []
    stop, enough = threading.Event(), threading.Event()

    def handler(job: Job) -> Graded:
        begun.append(job.grading_id)
        if len(begun) >= 25:
            enough.set()
        return Graded(report(), "s", "v")

    work(school.engine(system_clock), handler, 1, stop)
    assert enough.wait(60)
    assert late <= set(begun[:25])


@shared
def test_leases_go_by_the_databases_clock(school: Any, report: Report) -> None:
    """A host whose clock is an hour fast takes nobody for dead."""
    fast = Database.open(school.url, lambda: system_clock() + timedelta(hours=1))
    slow = Database.open(school.url, lambda: system_clock() - timedelta(hours=1))
    school.hand_in()

    def handler(job: Job) -> Graded:
        assert not ProcrastinateEngine(fast).run_once(lambda job: Graded(report(given=1.0), "s", "v"), "fast", LIVE)
        return Graded(report(given=7.0), "s", "v")

    with closing(fast), closing(slow):
        assert ProcrastinateEngine(slow).run_once(handler, "slow", LIVE)
    with school.database.reading() as tx:
        (submission,) = tx.submissions.of_learner(school.assignment.id, school.student.id)
        assert tx.gradings.current(submission.id).score_given == 7.0


@shared
def test_what_waits_without_a_nudge_gets_one(school: Any) -> None:
    """The nudges of three uploads are lost; one of them is graded meanwhile, and one cancelled."""
    engine = school.engine(system_clock)
    lost, _, cancelled = [school.hand_in(school.person(name)) for name in ("grace", "bob", "eve")]
    assert nudges(school) == 3
    with psycopg.connect(school.database.dsn, autocommit=True) as connection:
        connection.execute("DELETE FROM procrastinate_jobs")
    with school.database.transaction() as tx:
        assert tx.cancel(cancelled.grading_id, school.clock())
    assert engine.reconcile() == 2
    assert engine.reconcile() == 0
    assert nudges(school) == 2
    recover(school)
    assert grading(school, lost.grading_id).state is State.DONE


@shared
def test_a_nudge_that_led_to_nothing_is_replaced(school: Any, report: Report) -> None:
    """A living worker has begun five nudges and could not write that they ended: the database was away just then."""
    engine = school.engine(system_clock, lease_seconds=15.0)
    graded, held, waiting, just_begun, untouched = [
        school.hand_in(school.person(name)).grading_id for name in ("ada1", "bob", "eve", "grace", "mary")
    ]
    attempts = Attempts(school.database, database_time, lease_seconds=15.0, heartbeat_seconds=3.0, retry_seconds=2.0)
    done = attempts.take(graded, "w")
    assert done is not None
    attempts.make(done, lambda job: Graded(report(), "s", "v"))
    assert attempts.take(held, "w") is not None
    begin = "UPDATE procrastinate_jobs SET status = 'doing', worker_id = 1 WHERE args->>'grading_id' = ANY(%s)"
    age = (
        "UPDATE procrastinate_events SET at = now() - interval '16 seconds' WHERE type = 'started' AND job_id IN"
        " (SELECT id FROM procrastinate_jobs WHERE args->>'grading_id' = ANY(%s))"
    )
    with psycopg.connect(school.database.dsn, autocommit=True) as connection:
        connection.execute("INSERT INTO procrastinate_workers (id) OVERRIDING SYSTEM VALUE VALUES (1)")
        connection.execute(begin, ([graded, held, waiting, just_begun],))
        connection.execute(age, ([graded, held, waiting],))
    assert engine.reconcile() == 1
    with psycopg.connect(school.database.dsn) as connection:
        left = connection.execute("SELECT args->>'grading_id', status::text FROM procrastinate_jobs").fetchall()
    assert set(left) == {(held, "doing"), (waiting, "todo"), (just_begun, "doing"), (untouched, "todo")}
    assert len(left) == 4


@shared
def test_a_rollback_leaves_no_nudge(school: Any) -> None:
    with pytest.raises(ZeroDivisionError), school.database.transaction() as tx:
        tx.queue.enqueue("0" * 32, Place(Lane.LIVE, 0, 0))
        tx.queue.deliver()
        raise ZeroDivisionError
    assert nudges(school) == 0


@shared
def test_workers_outlive_their_database(school: Any, work: Work, postgresql: PostgresqlServer, report: Report) -> None:
    """PostgreSQL is restarted without warning, then every connection is cut; what was accepted is graded once."""
    submitted = [school.hand_in(school.person(f"p{number}")) for number in range(24)]
    begun: list[str] = []
    stop = threading.Event()

    def handler(job: Job) -> Graded:
        begun.append(job.grading_id)
        threading.Event().wait(0.02)
        return Graded(report(), "s", "v")

    quick = {"lease_seconds": 1.0, "heartbeat_seconds": 0.1, "retry_seconds": 0.1, "reconcile_seconds": 1.0}
    work(school.engine(system_clock, **quick), handler, 2, stop)
    until(lambda: len(begun) >= 4, lambda: "no work was begun")
    postgresql.kill()
    postgresql.start()
    until(lambda: len(begun) >= 12, lambda: f"only {len(begun)} were begun after the restart")
    postgresql.run("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'chainrule'")
    wait_until_idle(school)
    with school.database.reading() as tx:
        assert {tx.gradings.get(each.grading_id).state for each in submitted} == {State.DONE}
        assert tx.events.count("grading.done") == len(submitted)
