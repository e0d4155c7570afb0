"""A submission's outline as the trusted side gets it: read by a walled process that runs nothing, held in bounds."""

import json
import os
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.errors import SandboxBroken
from grader.sandbox.inside.wire import Definition, OutOfReach
from grader.sandbox.launch import ENVIRONMENT, plain_command
from grader.upload import Upload

WALL_SECONDS = 5.0
CPU_SECONDS = 3
MEMORY_BYTES = 512 << 20
"""A syntax tree takes a few hundred times its text; 1 MiB of ordinary code needs about 150 MB."""

MOST_BYTES = 1 << 20
"""Of an answer; ours stays far below."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a file defines and what loading it would skip, as far as its text tells; all of it is untrusted.

    inheriting: classes that may have methods which stand elsewhere. skipped: (first line, last line, what).
    absent: modules that are not here. out_of_reach: as in Loaded.
    """

    definitions: tuple[Definition, ...]
    inheriting: frozenset[str]
    skipped: tuple[tuple[int, int, str], ...]
    absent: tuple[str, ...]
    out_of_reach: tuple[OutOfReach, ...] = ()


@dataclass(frozen=True, slots=True)
class Unloadable:
    """The graded file would not load: the kind of error, its message, its line (0 unknown); untrusted."""

    kind: str
    message: str
    line: int


def outline(upload: Upload) -> Outline | Unloadable | None:
    """What the text of `upload` tells; None where it is too deep, too slow or too large to be read in the limits.

    Raises SandboxBroken if no process starts.
    """
    settings = {"outline": True, "parent": os.getpid(), "cpu_seconds": CPU_SECONDS, "memory_bytes": MEMORY_BYTES}
    question = json.dumps([(file.name, file.text) for file in upload.files]).encode("ascii")
    said = _asked(plain_command(settings), question)
    try:
        return read_answer(json.loads(said)) if 0 < len(said) <= MOST_BYTES else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None  # it was killed in the middle, or is not what it was


def _asked(command: list[str], question: bytes) -> bytes:
    """What the process says before its time is over; at most one byte more than is allowed."""
    try:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and our own folder
            command,
            env=ENVIRONMENT,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise SandboxBroken(f"a process that reads a submission cannot be started: {error}") from error
    timer = threading.Timer(WALL_SECONDS, process.kill)
    timer.start()
    try:
        assert process.stdin is not None  # noqa: S101  it is a pipe
        assert process.stdout is not None  # noqa: S101  as above
        try:
            process.stdin.write(question)
            process.stdin.close()
        except BrokenPipeError:
            return b""
        return process.stdout.read(MOST_BYTES + 1)
    finally:
        process.kill()
        process.wait()
        timer.cancel()
        timer.join()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _closed(pipe)


def _closed(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return  # what was not written is lost, and nobody waits for it


def read_answer(found: Mapping[str, Any]) -> Outline | Unloadable | None:
    """The answer as values of ours. Raises what its wrong form raises."""
    if "unread" in found:
        return None
    if "fault" in found:
        kind, message, line = found["fault"]
        return Unloadable(str(kind), str(message), int(line))
    return Outline(
        tuple(
            Definition(str(name), int(first), int(last), tuple(map(str, parameters)))
            for name, first, last, parameters in found["definitions"]
        ),
        frozenset(map(str, found["inheriting"])),
        tuple((int(first), int(last), str(what)) for first, last, what in found["skipped"]),
        tuple(map(str, found["absent"])),
        tuple(
            OutOfReach(str(name), int(line), str(inside), str(why)) for name, line, inside, why in found["out_of_reach"]
        ),
    )
