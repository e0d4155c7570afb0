"""A zip that is made while it is sent, with names that no file system and no program that unpacks it trips over."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import RawIOBase

from submissions.database import Database, Transaction
from submissions.models import Attempt, Submission, User

LONGEST_NAME = 60
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for devices


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive."""

    name: str
    data: bytes
    at: datetime


class _Sink(RawIOBase):
    """Takes what the archive writes and gives it on; it cannot go back, so the archive does not try."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        """See io."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer comes; bytes-like is all that is used
        """Keep what was written until it is taken."""
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def archive(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The bytes of a zip of `entries`, piece by piece; one entry at a time is in memory."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in entries:
            at = max(entry.at.astimezone(UTC), datetime(1980, 1, 1, tzinfo=UTC))  # the oldest that a zip can say
            info = zipfile.ZipInfo(entry.name, at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            made.writestr(info, entry.data)
            yield sink.taken()
    yield sink.taken()


def authors_of(tx: Transaction, attempts: Sequence[Attempt]) -> dict[str, User]:
    """Who handed in, by id, also those who are in the course no more."""
    found = {attempt.submission.user_id: tx.accounts.by_id(attempt.submission.user_id) for attempt in attempts}
    return {user_id: user for user_id, user in found.items() if user is not None}


def entries(database: Database, attempts: Sequence[Attempt], authors: Mapping[str, User]) -> Iterator[Entry]:
    """Everything that was handed in, as it came, one folder a person; one upload at a time is in memory."""
    for submission in (attempt.submission for attempt in attempts if attempt.submission.user_id in authors):
        with database.reading() as tx:
            data = tx.submissions.source(submission.id)
        if not data:  # removed after the time that this installation keeps files
            continue
        yield Entry(entry_name(authors[submission.user_id], submission), data, submission.created_at)


def entry_name(person: User, submission: Submission) -> str:
    """`name-id/attempt-003-file.py`: letters, digits, dots and hyphens; the id keeps people of one name apart."""
    return f"{safe(person.name)}-{person.id[:8]}/attempt-{submission.number:03d}-{safe(submission.filename)}"


def safe(name: str) -> str:
    """`name` without anything that leads out of a folder, hides a file or means something to a shell."""
    kept = re.sub(r"[^\w.-]+", "_", name, flags=re.ASCII).strip("._-")
    stem, dot, ending = kept.rpartition(".")
    cut = f"{stem[: LONGEST_NAME - 10]}.{ending[:9]}" if dot else kept[:LONGEST_NAME]
    short = kept if len(kept) <= LONGEST_NAME else cut
    return f"_{short}" if RESERVED.fullmatch(short) or not short else short
