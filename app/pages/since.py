"""What changed since the attempt before: points of each part, findings that are new or gone, the code."""

from dataclasses import dataclass

from app.pages.code_diff import FileDiff, code_diff
from app.pages.findings import Finding, findings
from app.pages.numbers import plural_count, points
from grader.report import Report
from grader.translation import gettext as _
from grader.translation import ngettext
from grader.upload import Upload


@dataclass(frozen=True, slots=True)
class Change:
    """A part's points in the attempt before and in this one; None where the part was not there."""

    part: str
    before: float | None
    now: float | None

    @property
    def step(self) -> float:
        """How many points more."""
        return (self.now or 0.0) - (self.before or 0.0)


@dataclass(frozen=True, slots=True)
class Since:
    """The graded attempt before this one, and what is different; `words` says it in a few.

    kept: findings of this attempt that the one before had too. files: None where one of the two cannot be read any
    more. other_version: whether the assignment was another one then.
    """

    number: int
    submission: str
    words: str
    parts: tuple[Change, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    files: tuple[FileDiff, ...] | None
    other_version: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An attempt before: its number, the submission's id, its report and its files."""

    number: int
    submission: str
    report: Report
    upload: Upload | None


def since(earlier: Earlier, now: Report, upload: Upload | None) -> Since:
    """The difference between an earlier attempt and this one."""
    before = {_cause(finding): finding for finding in findings(earlier.report, lambda _lines: None)}
    found = {_cause(finding): finding for finding in findings(now, lambda _lines: None)}
    return Since(
        number=earlier.number,
        submission=earlier.submission,
        words=_words(earlier.number, now.score.given - earlier.report.score.given),
        parts=changes(earlier.report, now),
        new=tuple(finding for cause, finding in found.items() if cause not in before),
        gone=tuple(finding for cause, finding in before.items() if cause not in found),
        kept=tuple(finding for cause, finding in found.items() if cause in before),
        files=code_diff(earlier.upload, upload) if earlier.upload and upload else None,
        other_version=earlier.report.version != now.version,
    )


def changes(before: Report, now: Report) -> tuple[Change, ...]:
    """Every part of two attempts, in the order of the newer one."""
    old = {part.name: part.points.given for part in before.parts}
    new = {part.name: part.points.given for part in now.parts}
    return tuple(Change(name, old.get(name), new.get(name)) for name in {**new, **old})


def _cause(finding: Finding) -> tuple[str, str, str, str | None]:
    """What makes two findings of two attempts the same one; their numbers and lines may have moved."""
    return finding.part, finding.function, finding.verdict.value, finding.code


def _words(number: int, step: float) -> str:
    if step == 0:
        return _("As many points as attempt {number}", number=number)
    count, said = plural_count(step), points(abs(step))
    if step > 0:
        return ngettext(
            "{n} point more than attempt {number}",
            "{n} points more than attempt {number}",
            count,
            n=said,
            number=number,
        )
    return ngettext(
        "{n} point fewer than attempt {number}", "{n} points fewer than attempt {number}", count, n=said, number=number
    )
