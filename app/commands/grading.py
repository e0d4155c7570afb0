"""`chainrule grade`: grade a file here and now, without a database."""

import json
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console

from app.commands.readable import readable
from app.commands.result_file import write_files, write_page
from app.commands.shown_progress import in_colour, shown_progress
from app.commands.terminal_report import terminal_report
from app.errors import BadForm, BodyTooLarge
from app.installed_catalog import installed_catalog
from app.settings import SandboxLevel, read_settings
from grader.grade import grade as grade_upload
from grader.report_json import to_json
from grader.sandbox.levels import choose
from reference.sources import Source, shipped, supplied
from submissions.uploads.intake import receive

OWN_DATA = ("mnist", "notmnist")


@click.command()
@click.argument("slug")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON and nothing else.")
@click.option("--seed", default="public:1", show_default=True, help="public:N; every probe and split is drawn from it.")
@click.option("--html", "html", type=click.Path(path_type=Path), help="Write the result page to this file.")
@click.option("--report", "folder", type=click.Path(path_type=Path), help="Write tables and figures to this folder.")
@click.option(
    "--data",
    "data_folders",
    multiple=True,
    metavar="NAME=DIR",
    help="Run the experiments on your own files too: mnist=DIR (IDX) or notmnist=DIR (.npz). No points.",
)
@click.option("--sandbox", type=click.Choice([level.value for level in SandboxLevel]), help="Which walls to use.")
def grade(
    slug: str,
    file: str,
    as_json: bool,
    seed: str,
    html: Path | None,
    folder: Path | None,
    data_folders: tuple[str, ...],
    sandbox: str | None,
) -> None:
    """Grade FILE (- for stdin) as an answer to the assignment SLUG.

    Exits with 0 when it graded, whatever the score; 2 for a refused upload; 3 for a fault of our own.
    """
    settings = read_settings(sandbox=sandbox)
    _check_seed(seed)
    sources = (shipped(), *map(_source, data_folders))
    asked = installed_catalog(settings.assignment_folders).get(slug)
    name, data = _read(file, settings.upload_max_bytes)
    received = receive(name, data)
    with closing(choose(settings.sandbox.value)) as proven, shown_progress(asked.assignment, len(sources)) as progress:
        report = grade_upload(asked, received.upload, proven, seed, progress.part, sources=sources, told=progress.run)
    report = replace(report, notes=received.notes + report.notes)
    if html is not None:
        write_page(html, report, received.upload, asked.assignment.title)
    if folder is not None:
        write_files(folder, report)
    if as_json:
        click.echo(json.dumps(to_json(report), indent=2, allow_nan=False))
    elif in_colour(sys.stdout):
        Console().print(terminal_report(report))
    else:
        click.echo(readable(report))


def _source(given: str) -> Source:
    """NAME=DIR. Raises BadForm, or DatasetInvalid for files that are none of ours to read."""
    name, _, folder = given.partition("=")
    if name not in OWN_DATA or not folder:
        raise BadForm(f"--data takes {' or '.join(f'{own}=DIR' for own in OWN_DATA)}, not {given}.")
    try:
        return supplied(name, Path(folder))
    except OSError as error:
        raise BadForm(f"{folder} cannot be read: {error.strerror}.") from error


def _check_seed(seed: str) -> None:
    kind, _, number = seed.partition(":")
    if kind != "public" or not number.isascii() or not number.isdigit():
        raise BadForm("A seed here is public: and a number, for example public:1.")


def _read(file: str, most_bytes: int) -> tuple[str, bytes]:
    """Name and bytes of FILE, or of stdin. Raises BadForm, or BodyTooLarge before the rest is read."""
    if file == "-":
        name, data = "stdin.py", sys.stdin.buffer.read(most_bytes + 1)
    else:
        name = Path(file).name
        try:
            with Path(file).open("rb") as source:
                data = source.read(most_bytes + 1)
        except OSError as error:
            raise BadForm(f"{file} cannot be read: {error.strerror}.") from error
    if len(data) > most_bytes:
        raise BodyTooLarge(most_bytes)
    return name, data
