"""The process that grades one submission and ends: one JSON line and the source on stdin, JSON lines on stdout.

Lines out: {"part": name, "given": points, "maximum": points} as each part ends, then {"report": {...}}, or
{"postponed": sentence} where a wall of the sandbox does not hold. Any other ending is our fault.
"""

import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from app.own_process import die_with_parent
from grader.errors import SandboxUnavailable
from grader.grade import grade
from grader.report import PartResult
from grader.report_json import to_json
from grader.sandbox import Sandbox
from grader.sandbox.levels import named
from reference.catalog import Catalog
from submissions.intake import receive

LONGEST_HEADER = 64 * 1024


def grade_one(stdin: BinaryIO, tell: Callable[[dict[str, Any]], None], sandbox: Callable[[str], Sandbox]) -> None:
    """Grade what comes on `stdin` and `tell` of it. `sandbox` opens a level by name."""
    header = json.loads(stdin.readline(LONGEST_HEADER))
    source = stdin.read(header["size_bytes"])
    if len(source) != header["size_bytes"]:
        raise EOFError("the source ended early")
    folder = Catalog.builtin(*(Path(path) for path in header["assignment_dirs"])).get(header["assignment"])
    received = receive(header["filename"], source)

    def progress(part: PartResult) -> None:
        tell({"part": part.name, "given": part.points.given, "maximum": part.points.maximum})

    try:
        with closing(sandbox(header["sandbox"])) as opener:
            report = grade(folder, received.upload, opener, header["seed"], progress)
    except SandboxUnavailable as error:
        tell({"postponed": str(error)})
        return
    tell({"report": to_json(replace(report, notes=received.notes + report.notes))})


def main() -> None:
    """Keep the answers' channel apart from stdout, so that nothing printed by accident lands between the lines."""
    die_with_parent(int(sys.argv[1]))
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)

        def tell(line: dict[str, Any]) -> None:
            answers.write(json.dumps(line, allow_nan=False).encode() + b"\n")
            answers.flush()

        grade_one(sys.stdin.buffer, tell, named)


if __name__ == "__main__":
    main()
