"""Opens the database and its transactions."""

from contextlib import AbstractContextManager
from typing import Any

from submissions.clock import Clock


class Transaction:
    """Everything that can be read and written in one transaction, repository by repository."""

    accounts: Any
    courses: Any
    submissions: Any
    gradings: Any
    queue: Any
    events: Any


class Database:
    """The service's database."""

    @classmethod
    def open(cls, url: str, clock: Clock) -> "Database":
        """The database at `url`, for example sqlite:////data/chainrule.db."""
        raise NotImplementedError

    def migrate(self) -> None:
        """Bring the schema to this version's."""
        raise NotImplementedError

    def at_head(self) -> bool:
        """Whether the schema is this version's."""
        raise NotImplementedError

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A transaction that may write: committed at the end, rolled back on an exception."""
        raise NotImplementedError

    def reading(self) -> AbstractContextManager[Transaction]:
        """A transaction that only reads, and takes no lock."""
        raise NotImplementedError

    def close(self) -> None:
        """Give back every connection."""
        raise NotImplementedError
