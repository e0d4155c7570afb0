"""A regrade of what was handed in for an assignment, or of one submission: tried aside, looked at, applied, undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.errors import RegradeRefused
from submissions.fairness import next_place
from submissions.grade_changes import grades_changed
from submissions.grades import best_of, grade_of
from submissions.marking import Extension, Grade, Regrade, Regraded, RegradeState
from submissions.models import Attempt, CourseAssignment, GradingReason, Lane, State, User
from submissions.policy import extended
from submissions.repository.retention import FILES_REMOVED
from submissions.transaction import Transaction
from submissions.webhooks_owed import owe_decisions

OPEN = (State.QUEUED, State.RUNNING)

ALREADY: Mapping[RegradeState, str] = {
    RegradeState.PREVIEW: gettext_noop("This regrade is only being tried: apply it or discard it."),
    RegradeState.APPLIED: gettext_noop("This regrade is applied already."),
    RegradeState.UNDONE: gettext_noop("This regrade is undone already."),
    RegradeState.DISCARDED: gettext_noop("This regrade is discarded already."),
}
"""Why something cannot be done to a regrade in this state."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A learner whose grade a regrade changes; None: nothing of theirs is graded. `submission_id` then counts."""

    user_id: str
    before: Grade | None
    after: Grade
    submission_id: str

    @property
    def step(self) -> float:
        """By how many points."""
        return self.after.points - (self.before.points if self.before else 0.0)


def begin_regrade(
    tx: Transaction, asked: CourseAssignment, version: str, by: User, now: datetime, only: str | None = None
) -> str:
    """Queue a grading of everything that is graded, or ungraded by our fault, behind everything live; the regrade's id.

    only: the id of the one submission that it is of; it waits as what students hand in does, for somebody waits for it.
    Raises RegradeRefused while another one is being tried, or where there is nothing to grade.
    """
    if any(one.state is RegradeState.PREVIEW for one in tx.regrades.of(asked.id)):
        raise RegradeRefused(_("A regrade is being tried already. Apply it or discard it first."))
    wanted = [one for one in tx.gradings.attempts(asked.id) if only in (None, one.submission.id)]
    ended = [one for one in wanted if one.state in (State.DONE, State.FAILED)]
    removed = tx.retention.removed_of(asked.id)
    attempts = [one for one in ended if one.submission.id not in removed]
    if ended and not attempts:
        raise RegradeRefused(_(FILES_REMOVED))
    if not attempts:
        raise RegradeRefused(_("Nothing is graded yet that could be graded again."))
    regrade_id = tx.regrades.begin(asked.id, version, by.id, now)
    for attempt in attempts:
        place = next_place(tx, asked.course_id, Lane.LIVE if only else Lane.REGRADE, 0)
        submission_id = attempt.submission.id
        grading_id = tx.ask(submission_id, GradingReason.REGRADE, place, now, aside=True)
        tx.regrades.keep(regrade_id, submission_id, grading_id)
    _note(tx, "regrade.begun", asked, by, now, {"regrade": regrade_id, "submissions": len(attempts)}, only)
    return regrade_id


def apply_regrade(tx: Transaction, regrade: Regrade, asked: CourseAssignment, by: User, now: datetime) -> int:
    """Have every finished grading count; how many. What was graded anew since the regrade began is left as it is.

    Raises RegradeRefused unless the regrade is a preview that has come to its end.
    """
    _must_be(regrade, RegradeState.PREVIEW)
    if any(tx.regrades.states(regrade.id).get(state) for state in OPEN):
        raise RegradeRefused(_("This regrade is still being graded. Apply it when all of it is done."))
    kept = [one for one in tx.regrades.kept(regrade.id) if one.state is State.DONE and one.is_newer]
    for one in kept:
        tx.regrades.replaced(one.grading_id, one.current_id)
        tx.regrades.point(one.submission_id, one.grading_id)
    tx.regrades.end(regrade.id, RegradeState.APPLIED, now)
    _tell(tx, "regrade.applied", regrade, asked, by, [one.submission_id for one in kept], now)
    return len(kept)


def undo_regrade(tx: Transaction, regrade: Regrade, asked: CourseAssignment, by: User, now: datetime) -> int:
    """Have count again what counted before; how many. Raises RegradeRefused unless it is the last one applied."""
    _must_be(regrade, RegradeState.APPLIED)
    applied = [one for one in tx.regrades.of(asked.id) if one.state is RegradeState.APPLIED]
    last = max(applied, key=lambda one: (one.ended_at or one.at, one.id))
    if last.id != regrade.id:
        raise RegradeRefused(_("A later regrade was applied after this one. Undo that one first."))
    back = []
    for one in tx.regrades.kept(regrade.id):
        if one.replaced_id is None:
            continue
        if one.current_id == one.grading_id:  # otherwise it was graded anew since
            tx.regrades.point(one.submission_id, one.replaced_id)
            back.append(one.submission_id)
        tx.regrades.replaced(one.grading_id, None)
    tx.regrades.end(regrade.id, RegradeState.UNDONE, now)
    _tell(tx, "regrade.undone", regrade, asked, by, back, now)
    return len(back)


def discard_regrade(tx: Transaction, regrade: Regrade, asked: CourseAssignment, by: User, now: datetime) -> None:
    """Forget a preview; what still waits is not graded. Raises RegradeRefused for one that is no preview."""
    _must_be(regrade, RegradeState.PREVIEW)
    kept = tx.regrades.kept(regrade.id)
    for one in kept:
        if one.state in OPEN:
            tx.queue.cancel(one.grading_id, now)
    tx.regrades.end(regrade.id, RegradeState.DISCARDED, now)
    _note(tx, "regrade.discarded", asked, by, now, {"regrade": regrade.id}, _only([one.submission_id for one in kept]))


def differences(
    attempts: Sequence[Attempt],
    results: Iterable[Regraded],
    asked: CourseAssignment,
    extensions: Mapping[str, Extension],
    time_zone: str,
) -> list[Difference]:
    """The learners whose best attempt counts something else with `results` than without, the largest changes first."""
    by_submission = {one.submission_id: one for one in results}
    by_learner: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        by_learner.setdefault(attempt.submission.user_id, []).append(attempt)
    found = []
    for user_id, made in by_learner.items():
        theirs = extended(asked, extensions.get(user_id))
        before = best_of(
            [_with(one, by_submission.get(one.submission.id), theirs, time_zone, old=True) for one in made]
        )
        after = best_of([_with(one, by_submission.get(one.submission.id), theirs, time_zone) for one in made])
        if after is None or after.grade is None:
            continue
        difference = Difference(user_id, before.grade if before else None, after.grade, after.submission.id)
        if before is None or abs(difference.step) > 1e-9:
            found.append(difference)
    return sorted(found, key=lambda one: (-abs(one.step), one.user_id))


def _with(
    attempt: Attempt, regraded: Regraded | None, asked: CourseAssignment, time_zone: str, old: bool = False
) -> Attempt:
    """The attempt with the grade that the regrade gives it, or with that of before."""
    if regraded is None:
        return attempt
    points = regraded.before if old else (regraded.given, regraded.maximum)
    if points is None:
        return replace(attempt, grade=None)
    override = attempt.grade.override if attempt.grade else None
    grade = grade_of(asked, time_zone, attempt.submission.created_at, *points, override)
    return replace(attempt, given=points[0], maximum=points[1], grade=grade)


def _must_be(regrade: Regrade, state: RegradeState) -> None:
    if regrade.state is not state:
        raise RegradeRefused(_(ALREADY[regrade.state]))


def _tell(
    tx: Transaction,
    kind: Literal["regrade.applied", "regrade.undone"],
    regrade: Regrade,
    asked: CourseAssignment,
    by: User,
    submission_ids: Sequence[str],
    now: datetime,
) -> None:
    only = _only(submission_ids)
    _note(tx, kind, asked, by, now, {"regrade": regrade.id, "submissions": len(submission_ids)}, only)
    for submission_id in submission_ids if only is None else ():
        tx.events.add(
            kind, now, user_id=by.id, submission_id=submission_id, detail={"by": by.name, "regrade": regrade.id}
        )
    changed = set(submission_ids)
    attempts = [one for one in tx.gradings.attempts(asked.id) if one.submission.id in changed]
    owe_decisions(tx, asked, attempts, kind, regrade.id, now)
    grades_changed(tx, asked.id, (one.submission.user_id for one in attempts), now)


def _only(submission_ids: Sequence[str]) -> str | None:
    """The one that it is about, if it is about one."""
    return submission_ids[0] if len(submission_ids) == 1 else None


def _note(
    tx: Transaction,
    kind: str,
    asked: CourseAssignment,
    by: User,
    now: datetime,
    detail: dict[str, object],
    only: str | None = None,
) -> None:
    """Write it into the history of the course, and into that of the one submission that it is about, if it is."""
    said = {"by": by.name, "assignment": asked.slug, **detail}
    tx.events.add(kind, now, user_id=by.id, course_id=asked.course_id, submission_id=only, detail=said)
