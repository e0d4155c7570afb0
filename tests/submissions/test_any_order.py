"""Whatever happens to gradings in whatever order, each ends once, and what has ended stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from grader.upload import SourceFile, Upload
from submissions.database import Database
from submissions.embedded_engine import EmbeddedEngine
from submissions.gradings import MAX_ATTEMPTS, record_failure, record_grade
from submissions.models import Grading, Lane, Role, State
from submissions.procrastinate_engine import ProcrastinateEngine
from submissions.queue import Engine, Graded, Job
from submissions.receiving import submit
from submissions.repository.jobs import Claimed
from submissions.uploads.intake import ReceivedUpload
from tests.fakes.single_regrade import regrade

LANES = [Lane.LIVE, Lane.REGRADE]
LEASE = timedelta(seconds=10)
WORK = ReceivedUpload("a.py", b"x = 1\n", Upload((SourceFile("a.py", "x = 1\n"),)), ())


@dataclass
class Held:
    """What a worker believes it holds; it may have lost it long ago."""

    claimed: Claimed
    result: float


class Gradings(RuleBasedStateMachine):
    """Students hand in, workers take, finish, fail or vanish, staff cancel, time passes."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.now = datetime(2020, 1, 1, tzinfo=UTC)
        self.database = Database.open(url, lambda: self.now)
        self.engine: Engine = EmbeddedEngine(self.database, lambda: self.now, retry_seconds=0)
        if self.database.is_shared:
            given: Any = {"leases": lambda _: self.now, "retry_seconds": 0}
            self.engine = ProcrastinateEngine(self.database, **given)
        with self.database.transaction() as tx:
            course = tx.courses.add("c", "C", "UTC")
            self.asked = tx.courses.add_assignment(course.id, "a", "A", 10.0, None, None, None)
            self.users = [tx.accounts.add_user(f"{name}@x", name, None, self.now) for name in "ab"]
        self.submitted: list[str] = []
        self.gradings: list[str] = []
        self.held: list[Held] = []
        self.ended: dict[str, Grading] = {}
        self.holders: dict[str, str] = {}  # grading -> the token that counts
        self.results = 0
        self.hand_in(who=0)
        self.take()

    @rule(who=st.integers(0, 1))
    def hand_in(self, who: int) -> None:
        with self.database.transaction() as tx:
            given: Any = {"course_assignment": self.asked, "received": WORK, "idempotency_key": None}
            made = submit(tx, user=self.users[who], role=Role.STUDENT, now=self.now, **given)
        self.submitted.append(made.submission.id)
        self.gradings.append(made.grading_id)

    @precondition(lambda self: self.submitted)
    @rule(data=st.data())
    def ask_again(self, data: st.DataObject) -> None:
        with self.database.transaction() as tx:
            self.gradings.append(regrade(tx, data.draw(st.sampled_from(self.submitted)), self.now))

    @rule()
    def take(self) -> None:
        with self.database.transaction() as tx:
            claimed = tx.queue.claim("w", LANES, self.now, self.now + LEASE)
        if claimed is not None:
            self.results += 1
            self.holders[claimed.grading_id] = claimed.lease_token
            self.held.append(Held(claimed, float(self.results % 10)))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), fault=st.booleans())
    def end(self, data: st.DataObject, fault: bool) -> None:
        held = data.draw(st.sampled_from(self.held))
        now, grading_id, token = self.now, held.claimed.grading_id, held.claimed.lease_token
        with self.database.transaction() as tx:
            if fault:
                counted = record_failure(tx, grading_id, token, "fault", now) is not None
            else:
                report = {"score": {"given": held.result, "maximum": 10.0}, "parts": []}
                counted = record_grade(tx, grading_id, token, report, "s", "v", now)
        assert counted is (self.holders.get(grading_id) == token)
        if counted:
            del self.holders[grading_id]
            assert fault or self.read(grading_id).score_given == held.result

    @precondition(lambda self: self.gradings)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        grading_id = data.draw(st.sampled_from(self.gradings))
        was_open = not self.read(grading_id).state.is_final
        with self.database.transaction() as tx:
            assert tx.cancel(grading_id, self.now) is was_open
        self.holders.pop(grading_id, None)

    @rule(seconds=st.sampled_from([1, 11]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        with self.database.transaction() as tx:
            for lost in tx.queue.expired(self.now, LEASE):
                record_failure(tx, lost.grading_id, lost.lease_token, "vanished", self.now)
                del self.holders[lost.grading_id]

    @precondition(lambda self: self.held)
    @rule()
    def others_take_over(self) -> None:
        """Every worker is out of reach for longer than a lease, and comes back to find its job with another."""
        self.time_passes(seconds=11)
        self.take()

    @invariant()
    def what_has_ended_stays(self) -> None:
        with self.database.reading() as tx:
            gradings = [grading for each in self.submitted for grading in tx.gradings.of_submission(each)]
        assert {grading.id for grading in gradings} == set(self.gradings)
        for grading in gradings:
            assert grading.attempts <= MAX_ATTEMPTS
            assert (grading.score_given is not None) is (grading.state is State.DONE)
            if grading.state.is_final:
                assert self.ended.setdefault(grading.id, grading) == grading

    def read(self, grading_id: str) -> Grading:
        with self.database.reading() as tx:
            grading = tx.gradings.get(grading_id)
        assert grading is not None
        return grading

    def teardown(self) -> None:
        self.now += timedelta(seconds=11)
        report = {"score": {"given": 1.0, "maximum": 10.0}, "parts": []}

        def grade(job: Job) -> Graded:
            return Graded(report, "s", "v")

        while self.engine.run_once(grade, "last", LANES):
            pass
        self.what_has_ended_stays()
        assert set(self.ended) == set(self.gradings)
        self.database.close()


# Every example makes a database, so examples are few, and a failing one is shown as it was found, not made smaller.
FEW = settings(
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def test_gradings_end_once_in_any_order(empty_database: Callable[[], str]) -> None:
    class OnThisDatabase(Gradings):
        def __init__(self) -> None:
            super().__init__(empty_database())

    run_state_machine_as_test(OnThisDatabase, settings=FEW)
