"""Sends the mail that is owed: it is written in the transaction that asks for it, so no restart loses any."""

import logging
import threading
from datetime import timedelta

from app.mail.letters import invitation_letter, reset_letter
from app.mail.mailer import Mail, Mailer, MailNotSent
from app.security.links import invitation_link, reset_link
from app.security.tokens import digest, new_secret
from submissions.clock import Clock
from submissions.database import Database, Transaction
from submissions.repository.mails import MailKind, OwedMail

LEASE = timedelta(minutes=5)
"""Until a mail whose sender was killed is tried by another; longer than the slowest conversation with a server."""

AGAIN_MINUTES = (1, 5, 15, 60, 180, 360, 720)
"""Between the tries: about a day in all, which a mail server that is being repaired needs at most."""

LOOK_SECONDS = 5.0  # for mail that another process owes; this one's rings a bell

logger = logging.getLogger("chainrule.mail")


class Postman:
    """Sends by `mailer`; `origin` is the address people use, which links begin with."""

    def __init__(self, database: Database, mailer: Mailer, clock: Clock, origin: str) -> None:
        self._database = database
        self._mailer = mailer
        self._clock = clock
        self._origin = origin

    def run(self, stop: threading.Event) -> None:
        """Send what is owed until `stop` is set; whoever sets it rings the bell."""
        while not stop.is_set():
            rings = self._database.post.rings
            try:
                while not stop.is_set() and self.run_once():
                    continue
            except Exception:  # a thread that ends in silence would leave every mail lying
                logger.exception("the postman failed and goes on")
            if not stop.is_set():
                self._database.post.wait(rings, LOOK_SECONDS)

    def run_once(self) -> bool:
        """Try one mail; whether there was one."""
        with self._database.transaction() as tx:
            owed = tx.mails.claim(self._clock(), LEASE)
            mail = self._written(tx, owed) if owed else None
        if owed is None:
            return False
        if mail is None:
            self._give_up(owed, "no longer wanted")
            return True
        try:
            self._mailer.send(mail)
        except MailNotSent as error:
            self._failed(owed, error)
        else:
            with self._database.transaction() as tx:
                tx.mails.sent(owed.id, self._clock())
        return True

    def _written(self, tx: Transaction, owed: OwedMail) -> Mail | None:
        """The mail with a link made for it; None where its link would open nothing any more."""
        secret, now = new_secret(), self._clock()
        if owed.kind is MailKind.INVITATION:
            invitation = tx.invitations.by_id(owed.about)
            if invitation is None or invitation.accepted_at is not None or invitation.expires_at <= now:
                return None
            tx.invitations.give_link(invitation.id, digest(secret))
            return invitation_letter(invitation, owed.recipient, invitation_link(self._origin, secret))
        user = tx.resets.user_of(owed.about, now)
        if user is None:
            return None
        tx.resets.give_link(owed.about, digest(secret))
        return reset_letter(user, reset_link(self._origin, secret))

    def _failed(self, owed: OwedMail, error: MailNotSent) -> None:
        if error.for_good or owed.attempts > len(AGAIN_MINUTES):
            logger.error("%s mail %s is given up: %s", owed.kind, owed.id, error)
            self._give_up(owed, str(error))
            return
        logger.warning("%s mail %s was not sent (attempt %d): %s", owed.kind, owed.id, owed.attempts, error)
        next_at = self._clock() + timedelta(minutes=AGAIN_MINUTES[owed.attempts - 1])
        with self._database.transaction() as tx:
            tx.mails.postpone(owed.id, str(error), next_at)

    def _give_up(self, owed: OwedMail, why: str) -> None:
        with self._database.transaction() as tx:
            tx.mails.give_up(owed.id, why, self._clock())
