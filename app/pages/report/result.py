"""A report as the result page shows it: everything is worked out here, the template only writes it down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.pages.exports.report_files import ReportFile, report_files
from app.pages.exports.tables import on_page, trainings_table
from app.pages.filters import first_capital
from app.pages.numbers import in_points, spelled
from app.pages.pictures.picture import Picture, Table
from app.pages.pictures.points_strip import points_strip
from app.pages.printable import PRINTED_CHARACTERS, capped, printable
from app.pages.report.check_kinds import kind_word
from app.pages.report.experiment_panel import ExperimentPanel, experiment_panels
from app.pages.report.finding_groups import FindingGroup, grouped
from app.pages.report.findings import Finding, Locate, findings
from app.pages.report.training_panel import TrainingPanel, training_panels
from app.pages.verdicts import Share, share
from grader import messages
from grader.report import CheckResult, Note, PartResult, Report, Verdict
from grader.translation import gettext as _
from grader.translation import ngettext


@dataclass(frozen=True, slots=True)
class Summary:
    """Two sentences: how many parts are right; then how many findings (emphasised) cost how much."""

    first: str
    emphasis: str = ""
    rest: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A line of the rail: a part, how much of it is earned, in words, and where on the page it is explained."""

    part: PartResult
    share: Share
    word: str
    anchor: str


@dataclass(frozen=True, slots=True)
class PassedRow:
    """A function of a part of which at least one check passed.

    difference: the largest relative one measured. tolerance: how much of it is tolerated.
    """

    part: str
    function: str
    kinds: tuple[str, ...]
    probes: tuple[int, int]
    difference: float | None
    tolerance: float | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """What the result page says, in its order. notes: each with its sentence, and the names that are code in it."""

    report: Report
    summary: Summary
    strip: Picture
    parts: tuple[PartRow, ...]
    findings: tuple[Finding, ...]
    groups: tuple[FindingGroup, ...]
    not_checked: tuple[tuple[str, CheckResult, str], ...]
    training: tuple[TrainingPanel, ...]
    trainings: Table
    experiments: tuple[ExperimentPanel, ...]
    files: tuple[ReportFile, ...]
    passed: tuple[PassedRow, ...]
    notes: tuple[tuple[Note, str, tuple[str, ...]], ...]
    flags: tuple[tuple[Note, str], ...]
    printed: str
    printed_left_out: int


def result_view(report: Report, locate: Locate) -> ResultView:
    """Everything on the page of `report`; `locate` finds the source lines a finding is about."""
    found = findings(report, locate)
    groups = grouped(found)
    printed, left_out = capped(printable(report.printed), PRINTED_CHARACTERS)
    return ResultView(
        report=report,
        summary=_summary(report, groups),
        strip=points_strip(report.parts),
        parts=tuple(_part_row(part, found) for part in report.parts),
        findings=found,
        groups=groups,
        not_checked=tuple(
            (part.name, check, messages.sentence(check))
            for part in report.parts
            for check in part.checks
            if check.verdict is Verdict.SKIPPED
        ),
        training=training_panels(report),
        trainings=on_page(trainings_table(report.training)),
        experiments=experiment_panels(report),
        files=report_files(report),
        passed=tuple(row for part in report.parts for row in _passed_rows(part)),
        notes=tuple((note, messages.note_sentence(note), _named(note)) for note in report.notes),
        flags=tuple((flag, messages.note_sentence(flag)) for flag in report.flags),
        printed=printed,
        printed_left_out=left_out,
    )


def _named(note: Note) -> tuple[str, ...]:
    """The functions that a note names."""
    found = (note.evidence.get(key) for key in ("function", "given", "found", "asked"))
    return tuple(str(name) for one in found if one for name in (one if isinstance(one, list | tuple) else [one]))


def _summary(report: Report, found: tuple[FindingGroup, ...]) -> Summary:
    total = len(report.parts)
    right = sum(share(part.points) is Share.FULL for part in report.parts)
    lost = report.score.maximum - report.score.given
    if right == total:
        return Summary(ngettext("The one part is right.", "All {n} parts are right.", total, n=spelled(total)))
    if right:
        parts = ngettext("{n} part", "{n} parts", total, n=spelled(total))
        first = first_capital(
            ngettext("{n} of {parts} is right.", "{n} of {parts} are right.", right, n=spelled(right), parts=parts)
        )
    else:
        first = _("No part is completely right yet.")
    if not found:
        return Summary(first)
    before, _tag, after = _explained(len(found), lost, some=bool(report.score.given)).partition("<b>")
    emphasis, _tag, rest = after.partition("</b>")
    return Summary(f"{first} {before}".strip(), emphasis if before else first_capital(emphasis), rest.strip())


def _explained(count: int, lost: float, *, some: bool) -> str:
    """How many findings, emphasised, cost how many points. some: whether other points were earned."""
    said = {"n": spelled(count), "points": in_points(lost)}
    if not some:
        return ngettext(
            "<b>{n} finding</b> explains the {points}.", "<b>{n} findings</b> explain the {points}.", count, **said
        )
    return ngettext(
        "<b>{n} finding</b> explains the other {points}.",
        "<b>{n} findings</b> explain the other {points}.",
        count,
        **said,
    )


def _part_row(part: PartResult, found: Iterable[Finding]) -> PartRow:
    mine = [finding for finding in found if finding.part == part.name]
    earned = share(part.points)
    if earned is Share.FULL and not mine:
        return PartRow(part, earned, messages.verdict_word(Verdict.PASSED).lower(), "right")
    if not mine:
        return PartRow(part, earned, messages.verdict_word(Verdict.SKIPPED).lower(), "not-checked")
    names = [name for finding in mine for name in finding.wrong if finding.right]
    word = messages.verdict_word(mine[0].verdict).lower()
    if names and all(finding.verdict is Verdict.WRONG for finding in mine):
        listed = ", ".join(names[:2])
        if len(names) > 2:
            word = _("{names} … {verdict}", names=listed, verdict=word)
        else:
            word = _("{names} {verdict}", names=listed, verdict=word)
    return PartRow(part, earned, word, mine[0].anchor)


def _passed_rows(part: PartResult) -> list[PassedRow]:
    by_function: dict[str, list[CheckResult]] = {}
    for check in part.checks:
        if check.verdict is Verdict.PASSED:
            by_function.setdefault(check.function, []).append(check)
    return [_passed_row(part.name, function, checks) for function, checks in by_function.items()]


def _passed_row(part: str, function: str, checks: Sequence[CheckResult]) -> PassedRow:
    tensors = (tensor for check in checks for tensor in check.tensors)
    largest = max(tensors, key=lambda tensor: tensor.largest_error, default=None)
    return PassedRow(
        part=part,
        function=function,
        kinds=tuple(dict.fromkeys(kind_word(check.kind) for check in checks)),
        probes=(sum(check.probes_passed for check in checks), sum(check.probes_total for check in checks)),
        difference=largest.largest_error if largest else None,
        tolerance=largest.tolerance if largest else None,
    )
