"""The process that grades one submission after the other: for each a JSON line and the source on stdin, JSON lines out.

Lines out: {"bench": {...}} before each, of the sandbox, for monitors; {"part": name, "given": points, "maximum": n} as
each part ends, {"training": {...}} as epochs of one are known, then {"report": {...}}, {"unusable": sentence} where the
assignment's folder is at fault, or {"lost": sentence} where a wall of the sandbox no longer holds. Any other ending is
our fault. It ends with its stdin.
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from app.gradings.own_process import die_with_parent
from app.gradings.workbench import Workbench
from app.installed_catalog import installed_catalog
from app.logs.lines import TextLines
from grader.errors import SandboxUnavailable
from grader.grade import grade
from grader.report import PartResult, TrainingProgress
from grader.report_json import to_json
from grader.sandbox import Sandbox
from grader.sandbox.levels import named
from grader.sandbox.standing_back import stand_back
from reference.catalog import SHIPPED, Catalog
from reference.errors import MaterialError
from submissions.uploads.intake import receive

LONGEST_HEADER = 64 * 1024
NICENESS = 10
"""So much do gradings, and the sandbox they begin, stand back where all share a machine: uploads, pages and the
database's own processes go first. With nobody else there they are as quick."""

logger = logging.getLogger("chainrule.grading")


def grade_one(header: dict[str, Any], source: bytes, tell: Callable[[dict[str, Any]], None], sandbox: Sandbox) -> None:
    """Grade what was handed in, and `tell` of it or of a fault of the course. Raises what is our fault."""
    try:
        folder = _catalog(tuple(header["assignment_dirs"])).get(header["assignment"])
    except MaterialError as error:
        tell({"unusable": str(error)})
        return
    received = receive(header["filename"], source)

    def progress(part: PartResult) -> None:
        tell({"part": part.name, "given": part.points.given, "maximum": part.points.maximum})

    def watch(training: TrainingProgress) -> None:
        tell({"training": asdict(training)})

    try:
        report = grade(folder, received.upload, sandbox, header["seed"], progress, watch=watch)
    except Exception as error:
        where = raised_in(error, folder.path)
        if where is None:
            raise
        logger.exception("the assignment %s fails on its own", header["assignment"])
        tell({"unusable": f"{where} raised {type(error).__name__}: {error}"})
        return
    tell({"report": to_json(replace(report, notes=received.notes + report.notes))})


def raised_in(error: BaseException, folder: Path) -> str | None:
    """The file and line of a course's own folder in which `error` arose; None where it passed through none."""
    if folder.parent == SHIPPED:
        return None  # what the assignments that come with us raise is our fault
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return f"{Path(frame.filename).name}, line {frame.lineno},"
    return None


def serve(stdin: BinaryIO, tell: Callable[[dict[str, Any]], None], bench: Workbench) -> None:
    """Grade what comes on `stdin` until it ends, or a wall no longer holds."""
    try:
        bench.sandbox()  # before there is anything to grade, so that the first submission need not wait for it
        while line := stdin.readline(LONGEST_HEADER):
            header = json.loads(line)
            source = stdin.read(header["size_bytes"])
            if len(source) != header["size_bytes"]:
                raise EOFError("the source ended early")
            sandbox = bench.sandbox()
            tell({"bench": bench.told()})
            grade_one(header, source, tell, sandbox)
    except SandboxUnavailable as error:
        tell({"lost": str(error)})


def main() -> None:
    """Keep the answers' channel apart from stdout, so that nothing printed by accident lands between the lines."""
    die_with_parent(int(sys.argv[1]))
    stand_back(NICENESS)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(TextLines(with_time=False))  # the worker that reads the lines writes time and grading
    logging.basicConfig(handlers=[handler], level=logging.INFO)
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)

        def tell(line: dict[str, Any]) -> None:
            answers.write(json.dumps(line, allow_nan=False).encode() + b"\n")
            answers.flush()

        try:
            bench = Workbench(named(sys.argv[2]))
        except SandboxUnavailable as error:
            tell({"lost": str(error)})
            return
        with closing(bench):
            serve(sys.stdin.buffer, tell, bench)


@lru_cache(maxsize=8)
def _catalog(folders: tuple[str, ...]) -> Catalog:
    """One catalogue for the life of the process: it reads a folder, and judges it, again only where a byte changed."""
    return installed_catalog(map(Path, folders))


if __name__ == "__main__":
    main()
