"""What a look at a file has found, in words."""

from dataclasses import dataclass

from app.pages.assignment.refusal import Refusal
from grader import messages
from grader.precheck import Precheck
from submissions.uploads.intake import ReceivedUpload


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in the file called `name`: why it would be refused, or else what is known of it.

    sentences: of the faults; notes: what would be left out when loading, or was when unpacking.
    """

    name: str
    refusal: Refusal | None = None
    found: Precheck | None = None
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def checked(received: ReceivedUpload, found: Precheck) -> Checked:
    """What was found in an upload, in words."""
    return Checked(
        received.upload.entry.name,
        found=found,
        sentences=tuple(messages.sentence(fault) for fault in found.faults),
        notes=tuple(messages.note_sentence(note) for note in (*received.notes, *found.notes)),
    )
