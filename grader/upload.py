"""What a student handed in, decoded to text and not yet looked at by any compiler of ours."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One module: its file name (ends in .py) and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    """The files of a submission; the first is the one whose names are graded."""

    files: tuple[SourceFile, ...]

    @property
    def entry(self) -> SourceFile:
        """The file whose names are graded."""
        return self.files[0]
