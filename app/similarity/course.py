"""What is compared in a course: of each student the submission that counts, read as it was received."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.similarity.pairs import Comparison, compare
from grader.upload import SourceFile
from submissions.database import Transaction
from submissions.errors import RejectedUpload
from submissions.models import CourseAssignment
from submissions.uploads.intake import receive


@dataclass(frozen=True, slots=True)
class Work:
    """A file as it was handed in, under the name that it had."""

    filename: str
    data: bytes

    @property
    def files(self) -> Sequence[SourceFile]:
        """The files as text; none where the rules have changed since and the bytes are no longer accepted."""
        try:
            return receive(self.filename, self.data).upload.files
        except RejectedUpload:
            return ()


def counting_submissions(tx: Transaction, asked: CourseAssignment) -> list[str]:
    """The id of the submission that stands for each student who handed something in."""
    rows = tx.gradings.gradebook_of(asked.id, tx.gradings.attempts(asked.id))
    return [row.submission_id for row in rows if row.submission_id is not None]


def works_of(tx: Transaction, asked: CourseAssignment) -> Mapping[str, Work]:
    """The submissions that count, by their ids, still packed: what takes time is done when the transaction is over."""
    found = {submission: tx.submissions.get(submission) for submission in counting_submissions(tx, asked)}
    return {id_: Work(one.filename, tx.submissions.source(id_)) for id_, one in found.items() if one is not None}


def compared(works: Mapping[str, Work], starter: str) -> Comparison:
    """The comparison of everybody's work; a few milliseconds a student."""
    return compare({submission: [file.text for file in work.files] for submission, work in works.items()}, [starter])
