"""What became of everything that was accepted, read from the database when nothing is open any more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from submissions.models import State
from submissions.schema.tables import events, gradings, submissions
from tests.chaos.ledger import Accepted
from tests.service.rows import rows

Grade = tuple[Any, ...]
"""Points and verdicts of a report, part by part: what no disaster may change."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of submissions by what is wrong with them; all empty where nothing is.

    lost: accepted, and without a grade. duplicated: stored twice under one key, graded twice, or with two gradings.
    wrong: another grade than the same file has undisturbed. unknown: stored, though no client has a 202 of it.
    """

    lost: tuple[str, ...]
    duplicated: tuple[str, ...]
    wrong: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.duplicated or self.wrong or self.unknown)


def grade_of(report: Mapping[str, Any]) -> Grade:
    """The grade in a report."""
    return tuple(
        (part["name"], part["points"]["given"], tuple(check["verdict"] for check in part["checks"]))
        for part in report["parts"]
    )


def grades(url: str) -> dict[str, Grade]:
    """The current grade of every submission that has one."""
    current = select(submissions.c.id, gradings.c.report).join(
        gradings, gradings.c.id == submissions.c.current_grading_id
    )
    return {row.id: grade_of(row.report) for row in rows(url, current.where(gradings.c.state == State.DONE.value))}


def fates(url: str, lost: Sequence[str]) -> dict[str, str]:
    """What the database knows of submissions without a grade: the state of each grading and its last fault."""
    ends = rows(url, select(gradings.c.submission_id, gradings.c.state, gradings.c.attempts, gradings.c.error))
    known = {end.submission_id: f"{end.state} after attempt {end.attempts}: {end.error}" for end in ends}
    return {one: known.get(one, "not in the database") for one in lost}


def judge(url: str, accepted: Sequence[Accepted], right: Mapping[int, Grade]) -> Found:
    """Compare the database with the client's list; `right` has the undisturbed grade of each file."""
    stored = rows(url, select(submissions.c.id, submissions.c.idempotency_key))
    runs = rows(url, select(gradings.c.id, gradings.c.submission_id))
    ended = rows(url, select(events.c.grading_id).where(events.c.kind == "grading.done"))
    held = grades(url)
    files = {one.submission: one.file for one in accepted}
    submission_of = {run.id: run.submission_id for run in runs}
    keys = Counter(row.idempotency_key for row in stored)
    times_graded = Counter(submission_of[row.grading_id] for row in ended)
    gradings_each = Counter(submission_of.values())
    return Found(
        lost=tuple(sorted(set(files) - set(held))),
        duplicated=tuple(
            sorted(
                row.id
                for row in stored
                if keys[row.idempotency_key] > 1 or times_graded[row.id] > 1 or gradings_each[row.id] > 1
            )
        ),
        wrong=tuple(sorted(one for one, file in files.items() if one in held and held[one] != right[file])),
        unknown=tuple(sorted(row.id for row in stored if row.id not in files)),
    )
