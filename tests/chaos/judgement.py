"""What became of everything that was accepted, read from the database when nothing is open any more."""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, make_url, select
from sqlalchemy.exc import OperationalError

from submissions.engines import reading_engine
from submissions.models import State
from submissions.tables import events, gradings, submissions
from tests.chaos.ledger import Accepted

AWAY_SECONDS = 60.0

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


@contextmanager
def looking_at(url: str) -> Iterator[Connection]:
    """A connection that only reads and shares nothing with the service."""
    engine = reading_engine(make_url(url))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def ask(url: str, query: "Select[Any]") -> Sequence["Row[Any]"]:
    """The rows of a query, also while the database comes back from a disaster."""
    deadline = time.monotonic() + AWAY_SECONDS
    while True:
        try:
            with looking_at(url) as connection:
                return connection.execute(query).all()
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


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
    with looking_at(url) as connection:
        rows = connection.execute(current.where(gradings.c.state == State.DONE.value))
        return {row.id: grade_of(row.report) for row in rows}


def judge(url: str, accepted: Sequence[Accepted], right: Mapping[int, Grade]) -> Found:
    """Compare the database with the client's list; `right` has the undisturbed grade of each file."""
    with looking_at(url) as connection:
        stored = connection.execute(select(submissions.c.id, submissions.c.idempotency_key)).all()
        runs = connection.execute(select(gradings.c.id, gradings.c.submission_id)).all()
        ended = connection.scalars(select(events.c.grading_id).where(events.c.kind == "grading.done")).all()
    held = grades(url)
    files = {one.submission: one.file for one in accepted}
    submission_of = {run.id: run.submission_id for run in runs}
    keys = Counter(row.idempotency_key for row in stored)
    times_graded = Counter(submission_of[grading] for grading in ended)
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
