"""A report as files on one's own machine: the result page as one HTML file, tables and figures in a folder."""

from pathlib import Path

from app.errors import BadForm
from app.pages.exports.report_files import report_files
from app.pages.report.local_page import local_page
from grader.report import Report
from grader.upload import Upload


def write_page(file: Path, report: Report, upload: Upload, title: str) -> None:
    """The result page without a server. Raises BadForm where it cannot be written."""
    _write(file, local_page(report, upload, title).encode())


def write_files(folder: Path, report: Report) -> int:
    """Every table and figure, in a folder that is made where there is none; how many they are. Raises BadForm."""
    files = report_files(report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadForm(f"{folder} cannot be made: {error.strerror}.") from error
    for file in files:
        _write(folder / file.name, file.data)
    return len(files)


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise BadForm(f"{file} cannot be written: {error.strerror}.") from error
