"""The result page as one file of its own: the service's look, no server, no network, no script."""

import re

from markupsafe import Markup

from app.pages.render import STATIC_FOLDER, rendered
from app.pages.report.marked_source import marked_source
from app.pages.report.result import result_view
from app.pages.source.coloured_source import ColouredFile
from grader.report import Report
from grader.upload import Upload

SHEETS = ("tokens", "frame", "assignment", "result", "help", "charts", "dashboard", "responsive")


def local_page(report: Report, upload: Upload, title: str) -> str:
    """The page of `report` with the graded source below it. title: that of the assignment."""
    view = result_view(report, ColouredFile(upload.entry.name, upload.entry.text).about)
    return rendered(
        "local_result.html",
        view=view,
        title=title,
        own=True,
        readable=True,
        files=marked_source(upload, view.findings, report.notes),
        sandbox=report.sandbox,
        style=_style(),
        since=None,
        source_path="",
        files_path="",
    )


def _style() -> Markup:
    """All style sheets without the fonts, which are files: a system font stands in."""
    css = "\n".join((STATIC_FOLDER / f"{name}.css").read_text() for name in SHEETS)
    return Markup(re.sub(r"@font-face\s*\{[^}]*\}\n?", "", css))  # noqa: S704  # our own style sheets
