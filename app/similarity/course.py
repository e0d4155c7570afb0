"""What is compared in a course: of each student the submission that counts, read as it was received."""

from collections.abc import Sequence

from app.similarity.pairs import Comparison, compare
from grader.upload import SourceFile
from submissions.database import Transaction
from submissions.errors import RejectedUpload
from submissions.intake import receive
from submissions.models import CourseAssignment


def counting_submissions(tx: Transaction, asked: CourseAssignment) -> list[str]:
    """The id of the submission that stands for each student who handed something in."""
    rows = tx.gradings.gradebook_of(asked.id, tx.gradings.attempts(asked.id))
    return [row.submission_id for row in rows if row.submission_id is not None]


def files_of(tx: Transaction, submission_id: str) -> Sequence[SourceFile]:
    """The files as text; none where the rules have changed since and the bytes are no longer accepted."""
    submission = tx.submissions.get(submission_id)
    if submission is None:
        return ()
    try:
        return receive(submission.filename, tx.submissions.source(submission_id)).upload.files
    except RejectedUpload:
        return ()


def compared(tx: Transaction, asked: CourseAssignment, starter: str) -> Comparison:
    """The comparison of everybody's work; a few milliseconds a student."""
    works = {
        submission: [file.text for file in files_of(tx, submission)] for submission in counting_submissions(tx, asked)
    }
    return compare(works, [starter])
