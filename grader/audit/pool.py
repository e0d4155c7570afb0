"""Audits of several assignments side by side, each in a process and a sandbox of its own."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from grader.audit.examination import Effort, audit
from grader.audit.outcome import Outcome
from grader.sandbox.levels import named
from grader.vacuity import vacuous
from reference.catalog import Catalog
from reference.errors import AssignmentInvalid


@dataclass(frozen=True, slots=True)
class Asked:
    """One audit. roots: folders of assignments. level: of a sandbox that has been proven on this machine."""

    slug: str
    roots: tuple[Path, ...]
    effort: Effort
    level: str


def audited(asked: Asked) -> Outcome | tuple[str, ...]:
    """What was measured, or every reason why the folder cannot be used. Raises UnknownAssignment."""
    try:
        folder = Catalog(asked.roots, rules=(vacuous,)).get(asked.slug)
    except AssignmentInvalid as error:
        return tuple(error.reasons)
    with closing(named(asked.level)) as sandbox:
        return audit(folder, sandbox, asked.effort)


def side_by_side(asked: Sequence[Asked], jobs: int) -> Iterator[Outcome | tuple[str, ...]]:
    """The audits in their order, `jobs` at a time; a single one needs no further process."""
    if min(jobs, len(asked)) < 2:
        yield from map(audited, asked)
        return
    # Spawned, not forked: a fork would share the threads and the sandbox of this process.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(audited, asked)
