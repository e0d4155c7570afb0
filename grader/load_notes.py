"""What the loader skipped or replaced, as notes. Its words come out of the sandbox: untrusted, shown as text."""

from collections.abc import Iterable

from grader.report import Note
from grader.sandbox import Loaded
from grader.sandbox.inside import quiet

Skipped = tuple[int, int, str]

NEIGHBOUR_LINES = 3
"""Skipped statements this close, in lines from the end of one to the next, are told together: a script is one block."""

TOLD = 4
"""Statements of a block that are told by name; the rest are counted."""


MOST_BLOCKS = 100
"""That have a note of their own: a notebook of a course has thirty at most. The others are one note together."""


def load_notes(loaded: Loaded) -> list[Note]:
    """One note for each block of skipped statements, unless there are too many, and one for each absent module."""
    blocks = _blocks(loaded.skipped)
    further = sum(map(len, blocks[MOST_BLOCKS:]))
    more = [Note("SKIPPED_AT_LOAD", {"what": [f"{further} more"], "statements": further})] if further else []
    return (
        [_note(block) for block in blocks[:MOST_BLOCKS]]
        + more
        + [Note("NOT_SHOWN" if name in quiet.MODULES else "STAND_IN", {"module": name}) for name in loaded.stand_ins]
    )


def _blocks(skipped: Iterable[Skipped]) -> list[list[Skipped]]:
    blocks: list[list[Skipped]] = []
    for statement in sorted(skipped):
        if blocks and blocks[-1][-1][0] and statement[0] - blocks[-1][-1][1] <= NEIGHBOUR_LINES:
            blocks[-1].append(statement)
        else:
            blocks.append([statement])
    return blocks


def _note(block: list[Skipped]) -> Note:
    whats = list(dict.fromkeys(what for _first, _last, what in block))
    told = whats[:TOLD] + ([f"{len(whats) - TOLD} more"] if len(whats) > TOLD else [])
    first, last = block[0][0], max(last for _first, last, _what in block)
    lines = (first, last) if first else ()  # another file of the submission as a whole
    return Note("SKIPPED_AT_LOAD", {"what": told, "statements": len(block)}, lines)
