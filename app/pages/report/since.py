"""What changed since the attempt before: points of each part, findings that are new or gone, the code."""

from dataclasses import dataclass

from app.pages.numbers import plural_count, points
from app.pages.report.findings import WHOLE_FILE, Finding, findings
from app.pages.source.code_diff import FileDiff, code_diff
from grader.consequences import UNUSABLE
from grader.report import CheckResult, Report, Verdict
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

    kept: findings of this attempt that the one before had too. unseen: findings of the one before that nothing is known
    of now, because what found them did not get so far this time. files: None where one of the two cannot be read any
    more. other_version: whether the assignment was another one then.
    """

    number: int
    submission: str
    words: str
    parts: tuple[Change, ...]
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    kept: tuple[Finding, ...]
    unseen: tuple[Finding, ...]
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
    no_more = [finding for cause, finding in before.items() if cause not in found]
    gone = tuple(finding for finding in no_more if _looked_at(finding, now))
    return Since(
        number=earlier.number,
        submission=earlier.submission,
        words=_words(earlier.number, now.score.given - earlier.report.score.given),
        parts=changes(earlier.report, now),
        new=tuple(finding for cause, finding in found.items() if cause not in before),
        gone=gone,
        kept=tuple(finding for cause, finding in found.items() if cause in before),
        unseen=tuple(finding for finding in no_more if finding not in gone),
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


def _looked_at(earlier: Finding, now: Report) -> bool:
    """Whether the newer attempt got far enough to show this finding, had it still been there.

    To say of a mistake that it is gone is praise. A file that does not load, a function that is not there or one that
    stopped before it had a result shows nothing of what it would have computed.
    """
    checks = {(part.name, check.kind, check.function): check for part in now.parts for check in part.checks}
    if any(check.diagnosis and check.diagnosis.code in WHOLE_FILE for check in checks.values()):
        return False
    if earlier.code in WHOLE_FILE:  # the file loads now
        return True
    again = [checks.get((earlier.part, check.kind, check.function)) for check in earlier.checks]
    return all(check is not None and _shows(check, earlier.verdict) for check in again)


def _shows(check: CheckResult, earlier: Verdict) -> bool:
    """Whether a check that came out like this would have shown again what came out as `earlier`."""
    if earlier is Verdict.MISSING:
        return check.verdict not in (Verdict.MISSING, Verdict.SKIPPED)
    usable = check.diagnosis is None or check.diagnosis.code not in UNUSABLE
    return check.verdict is Verdict.PASSED or (check.verdict is Verdict.WRONG and usable)


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
