"""Mail that is owed: what about and to whom, never the words, for they would hold a secret."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Connection, func, or_, select

from submissions.schema.account_tables import invitations, mails

KEPT_FOR = timedelta(days=30)  # after it was sent or given up, for staff who are asked where a mail is


class MailKind(StrEnum):
    """What a mail is about."""

    INVITATION = "invitation"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class OwedMail:
    """A mail to be sent now. `about`: id of the invitation or the reset. attempts: this one included."""

    id: str
    kind: MailKind
    about: str
    recipient: str
    attempts: int


class Mails:
    """The mails of one transaction. wakes: whether this transaction owes a new one."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wakes = False

    def owe(self, kind: MailKind, about: str, recipient: str, now: datetime) -> None:
        """Owe a mail; what was sent or given up long ago is forgotten at this occasion, but for open invitations."""
        old = now - KEPT_FOR
        still = select(invitations.c.id).where(invitations.c.accepted_at.is_(None), invitations.c.expires_at > now)
        self._connection.execute(
            mails.delete().where(or_(mails.c.sent_at < old, mails.c.given_up_at < old), mails.c.about.not_in(still))
        )
        self._connection.execute(
            mails.insert().values(
                id=uuid4().hex,
                kind=kind.value,
                about=about,
                recipient=recipient,
                created_at=now,
                next_at=now,
                attempts=0,
            )
        )
        self.wakes = True

    def claim(self, now: datetime, lease: timedelta) -> OwedMail | None:
        """The mail that is due the longest; until `lease` is over nobody else is given it."""
        row = self._connection.execute(
            select(mails)
            .where(mails.c.sent_at.is_(None), mails.c.given_up_at.is_(None), mails.c.next_at <= now)
            .order_by(mails.c.next_at, mails.c.id)
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        attempts = row.attempts + 1
        values = {"next_at": now + lease, "attempts": attempts}
        self._connection.execute(mails.update().where(mails.c.id == row.id).values(values))
        return OwedMail(row.id, MailKind(row.kind), row.about, row.recipient, attempts)

    def sent(self, mail_id: str, now: datetime) -> None:
        """It was handed over."""
        self._connection.execute(mails.update().where(mails.c.id == mail_id).values(sent_at=now, error=None))

    def postpone(self, mail_id: str, why: str, next_at: datetime) -> None:
        """It was not taken; try again at `next_at`."""
        self._connection.execute(mails.update().where(mails.c.id == mail_id).values(error=why, next_at=next_at))

    def give_up(self, mail_id: str, why: str, now: datetime) -> None:
        """It will not be sent."""
        self._connection.execute(mails.update().where(mails.c.id == mail_id).values(error=why, given_up_at=now))

    def owed(self) -> int:
        """How many are neither sent nor given up."""
        still = mails.c.sent_at.is_(None) & mails.c.given_up_at.is_(None)
        return self._connection.scalar(select(func.count()).select_from(mails).where(still)) or 0

    def carries(self, about: str) -> bool:
        """Whether a mail was owed about this: then its link was made for that mail, and nobody else was shown it."""
        return self._connection.scalar(select(func.count()).where(mails.c.about == about)) != 0

    def problem(self, about: str) -> str | None:
        """Why the newest mail about this was not sent; None if it was, or is on its way for the first time."""
        return self._connection.scalar(
            select(mails.c.error).where(mails.c.about == about).order_by(mails.c.created_at.desc()).limit(1)
        )
