"""The walk through one grading: open the sandbox, run every part, add up, report."""

from collections.abc import Callable

from grader.report import PartResult, Report
from grader.sandbox import Sandbox
from grader.upload import Upload
from reference.catalog import AssignmentFolder


def _nobody(part: PartResult) -> None:
    """Told of a part, tells nobody."""


def grade(
    folder: AssignmentFolder,
    upload: Upload,
    sandbox: Sandbox,
    seed: str,
    progress: Callable[[PartResult], None] = _nobody,
) -> Report:
    """Grade `upload` and report. `progress` is told of each part as it ends.

    seed: "public:<n>" for a local run, "secret:<hex>" for a submission; every probe and split is drawn from it, so the
    same seed replays bit for bit. Raises SandboxUnavailable or SandboxBroken for faults of ours.
    """
    raise NotImplementedError
