"""Bytes from a stranger to an Upload, or every reason why not. Nothing is compiled or executed here."""

from dataclasses import dataclass

from grader.report import Note
from grader.upload import Upload


@dataclass(frozen=True, slots=True)
class ReceivedUpload:
    """An accepted upload: the name to show, the bytes as they came, the text to grade, what was done to get it."""

    filename: str
    data: bytes
    upload: Upload
    notes: tuple[Note, ...]


def receive(filename: str, data: bytes, entry: str | None = None) -> ReceivedUpload:
    """The upload in `data`, called `filename`. Raises RejectedUpload with every reason."""
    raise NotImplementedError
