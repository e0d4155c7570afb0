"""What sends a mail, as the rest of the code sees it."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of plain text to one address."""

    recipient: str
    subject: str
    text: str


class MailNotSent(Exception):
    """The mail was not taken. `for_good`: another try would end the same way, as for an address that is not there."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


class Mailer(Protocol):
    """Sends mail."""

    def send(self, mail: Mail) -> None:
        """Hand the mail over to whoever delivers it. Raises MailNotSent."""
