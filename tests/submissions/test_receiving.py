"""Handing in is one transaction: all of it or nothing, and once however often a client repeats itself."""

import threading
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from submissions.errors import AttemptsUsed, DeadlinePassed, IdempotencyConflict
from submissions.gradings import MAX_ATTEMPTS
from submissions.lateness import Late, LateRule
from submissions.models import GradingReason, Lane, Role, State
from submissions.queue import Graded, Job
from submissions.receiving import BY_A_NEWER_ONE, Submitted, submit
from submissions.uploads.intake import receive
from tests.fakes.single_regrade import regrade


def test_an_upload_is_stored_and_queued(school: Any) -> None:
    submitted = school.hand_in(source="x = 1\n")
    with school.database.reading() as tx:
        stored = tx.submissions.get(submitted.submission.id)
        assert stored == submitted.submission
        assert tx.submissions.source(stored.id) == b"x = 1\n"
        grading = tx.gradings.get(submitted.grading_id)
        events = tx.events.of_grading(submitted.grading_id)
    assert (stored.number, stored.size_bytes, stored.filename) == (1, 6, "a.py")
    assert stored.sha256 == sha256(b"x = 1\n").hexdigest()
    assert (grading.state, grading.reason, grading.attempts) == (State.QUEUED, GradingReason.SUBMITTED, 0)
    assert [(event.kind, event.user_id) for event in events] == [("submission.received", school.student.id)]


def test_a_refusal_or_a_crash_before_the_commit_leaves_nothing(school: Any) -> None:
    def all_of_it() -> tuple[int, dict[str, int], int]:
        with school.database.reading() as tx:
            made = tx.submissions.count(school.assignment.id, school.student.id)
            return made, tx.queue.depth(), tx.events.count("submission.received")

    before = all_of_it()
    with pytest.raises(ZeroDivisionError), school.database.transaction() as tx:
        tx.courses.add("other", "Other", "UTC")
        submit(
            tx,
            course_assignment=school.assignment,
            user=school.student,
            role=Role.STUDENT,
            received=receive("a.py", b"x = 1\n"),
            idempotency_key="k",
            now=school.clock(),
        )
        raise ZeroDivisionError
    assert all_of_it() == before


def test_policy_is_asked_with_what_is_stored(school: Any) -> None:
    once = replace(school.assignment, attempts=1, due_at=school.clock() + timedelta(hours=1))
    school.hand_in(assignment=once)
    with pytest.raises(AttemptsUsed):
        school.hand_in(assignment=once)
    school.clock.forward(3601)
    with pytest.raises(DeadlinePassed):
        school.hand_in(school.person("grace"), assignment=once)


def test_a_new_upload_takes_the_place_of_one_that_waits_where_the_course_says_so(school: Any, report: Any) -> None:
    due = school.clock() + timedelta(hours=1)
    newest = replace(school.assignment, attempts=3, due_at=due, late=LateRule(Late.PENALTY, 10.0), newest_only=True)
    engine = school.engine()
    graded = school.hand_in(assignment=newest)
    assert engine.run_once(lambda job: Graded(report(), "s", "v"), "w", [Lane.LIVE])
    waiting, of_another = school.hand_in(assignment=newest), school.hand_in(school.person("grace"), assignment=newest)
    running = school.hand_in(assignment=newest)
    with school.database.transaction() as tx:
        claimed = tx.queue.claim_this(running.grading_id, "w", school.clock(), due)
    assert claimed is not None
    last = school.hand_in(assignment=newest)
    school.clock.forward(3601)
    late = school.hand_in(assignment=replace(newest, attempts=None))
    with school.database.reading() as tx:
        states = [tx.gradings.get(each.grading_id).state for each in (graded, waiting, of_another, running, last, late)]
        assert tx.gradings.get(waiting.grading_id).error == BY_A_NEWER_ONE
        assert len(tx.submissions.attempts_used(newest.id, school.student.id)) == 4
    assert states == [State.DONE, State.CANCELLED, State.QUEUED, State.RUNNING, State.QUEUED, State.QUEUED]


def test_elsewhere_everything_handed_in_is_graded(school: Any) -> None:
    first, _ = school.hand_in(), school.hand_in()
    with school.database.reading() as tx:
        assert tx.gradings.get(first.grading_id).state is State.QUEUED


def test_numbers_count_per_person_and_assignment(school: Any) -> None:
    _, other = school.another_course("other")
    numbers = [
        school.hand_in().submission.number,
        school.hand_in().submission.number,
        school.hand_in(assignment=other).submission.number,
        school.hand_in(school.person("grace")).submission.number,
    ]
    assert numbers == [1, 2, 1, 1]


def test_the_same_bytes_are_stored_once_and_graded_each_time(school: Any) -> None:
    first, second = school.hand_in(), school.hand_in()
    assert first.submission.sha256 == second.submission.sha256
    with school.database.reading() as tx:
        assert tx.queue.depth()["live"] == 2


def test_the_same_key_and_bytes_give_the_first_answer_even_after_the_deadline(school: Any) -> None:
    timed = replace(school.assignment, due_at=school.clock(), attempts=1)
    first = school.hand_in(key="k", assignment=timed)
    school.clock.forward(60)
    again = school.hand_in(key="k", assignment=timed)
    assert again == Submitted(first.submission, first.grading_id, replayed=True)
    assert not first.replayed


def test_a_replay_gives_the_first_grading_after_a_regrade(school: Any) -> None:
    first = school.hand_in(key="k")
    with school.database.transaction() as tx:
        regrade(tx, first.submission.id, school.clock())
    assert school.hand_in(key="k").grading_id == first.grading_id


def test_the_same_key_with_other_content_is_a_conflict(school: Any) -> None:
    _, other = school.another_course("other")
    school.hand_in(key="k")
    with pytest.raises(IdempotencyConflict):
        school.hand_in(key="k", source="y = 2\n")
    with pytest.raises(IdempotencyConflict):
        school.hand_in(key="k", assignment=other)


def test_a_key_belongs_to_a_person(school: Any) -> None:
    first, second = school.hand_in(key="k"), school.hand_in(school.person("grace"), key="k")
    assert first.submission.id != second.submission.id


def test_concurrent_requests_with_one_key_make_one_submission(school: Any) -> None:
    answers: list[Submitted] = []
    ready = threading.Barrier(8)

    def request() -> None:
        ready.wait()
        answers.append(school.hand_in(key="k"))

    threads = [threading.Thread(target=request) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({(answer.submission.id, answer.grading_id) for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False] + [True] * 7
    with school.database.reading() as tx:
        assert tx.submissions.count(school.assignment.id, school.student.id) == 1


def test_a_regrade_waits_behind_everything_live(school: Any) -> None:
    submitted = school.hand_in()
    with school.database.transaction() as tx:
        again = regrade(tx, submitted.submission.id, school.clock())
    later = school.hand_in(school.person("grace"))
    with school.database.reading() as tx:
        assert [tx.gradings.position(each) for each in (submitted.grading_id, later.grading_id, again)] == [1, 2, 3]
        assert [grading.number for grading in tx.gradings.of_submission(submitted.submission.id)] == [2, 1]
        assert tx.queue.depth() == {"live": 2, "regrade": 1, "running": 0}


def test_an_attempt_that_we_failed_is_not_used(school: Any) -> None:
    once = replace(school.assignment, attempts=1)
    submitted = school.hand_in(assignment=once)
    with pytest.raises(AttemptsUsed):
        school.hand_in(assignment=once)
    engine = school.engine()
    for _ in range(MAX_ATTEMPTS):
        engine.run_once(_broken, "worker", tuple(Lane))
        school.clock.forward(3600)
    with school.database.reading() as tx:
        failed = tx.gradings.get(submitted.grading_id)
        used = tx.submissions.attempts_used(school.assignment.id, school.student.id)
    assert (failed.state, used) == (State.FAILED, [])
    assert school.hand_in(assignment=once).submission.number == 2


def _broken(job: Job) -> Graded:
    raise RuntimeError("our fault")
