"""Answers with the outline of one submission: as JSON takes it, everything in it cut to a bounded size."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from grader.sandbox.inside import definitions, out_of_reach, preload, walls
from grader.sandbox.inside.findings import MAX_SKIPPED, MAX_STAND_INS, WHAT_CHARACTERS
from grader.sandbox.inside.outline import Outline

NAME_CHARACTERS = 200


def answer(files: Sequence[tuple[str, str]]) -> Mapping[str, Any]:
    """The outline of `files`, the graded one first, as JSON takes it; everything in it is cut to a bounded size."""
    outline = Outline(files)
    try:
        fault = outline.read()
    except RecursionError:
        return {"unread": True}
    if fault is None and outline.computes_names:
        return {"unread": True}
    if fault is not None:
        return {"fault": [fault.type_name[:NAME_CHARACTERS], fault.message, fault.line]}
    found = list(outline.definitions.values())[: definitions.MAX_DEFINITIONS]
    return {
        "definitions": [
            [
                one.name[:NAME_CHARACTERS],
                one.first_line,
                one.last_line,
                [p[:NAME_CHARACTERS] for p in one.parameters[:50]],
            ]
            for one in found
        ],
        "inheriting": sorted(name[:NAME_CHARACTERS] for name in outline.inheriting)[: definitions.MAX_DEFINITIONS],
        "skipped": [[first, last, what[:WHAT_CHARACTERS]] for first, last, what in outline.skipped[:MAX_SKIPPED]],
        "out_of_reach": [
            [f.name, f.line, f.inside, f.why] for f in outline.out_of_reach[: out_of_reach.MAX_OUT_OF_REACH]
        ],
        "absent": [name[:NAME_CHARACTERS] for name in list(outline.absent)[:MAX_STAND_INS]],
    }


def serve_outline(settings: Mapping[str, Any], leave: Callable[[int], None] = os._exit) -> None:
    """Put up what walls this machine has, read one submission from standard input, answer, and end."""
    readable = preload.readable_paths(os.path.dirname(np.__file__))  # noqa: PTH120  pathlib would cost its import
    own = walls.Settings(
        "all", settings["numpy_folder"], 1, settings["parent"], settings["cpu_seconds"], settings["memory_bytes"]
    )
    found = walls.limits(own)
    try:
        walls.enclose(own, walls.plan(readable), found)
    except (OSError, AttributeError):  # a kernel without Landlock: nothing is run, so limits must do
        walls.limit(found)
    files = [(name, text) for name, text in json.loads(sys.stdin.buffer.read())]
    sys.stdout.buffer.write(json.dumps(answer(files)).encode("ascii"))
    sys.stdout.buffer.flush()
    leave(0)
