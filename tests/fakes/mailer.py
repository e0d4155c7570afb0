"""Keeps the mail it is given."""

import threading
from dataclasses import dataclass, field

from app.mail.mailer import Mail, MailNotSent


@dataclass
class RecordingMailer:
    """A Mailer whose mail goes nowhere.

    fails: how many of the next ones are not taken, `for_good` or not. breaks: how many raise an error nobody expects.
    """

    sent: list[Mail] = field(default_factory=list)
    fails: int = 0
    for_good: bool = False
    breaks: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def send(self, mail: Mail) -> None:
        """See Mailer."""
        with self._changed:
            if self.breaks:
                self.breaks -= 1
                raise RuntimeError("broken")
            if self.fails:
                self.fails -= 1
                raise MailNotSent("out of order", for_good=self.for_good)
            self.sent.append(mail)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[Mail]:
        """What was sent, once it is `count` mails."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.sent) >= count, 60), self.sent
            return list(self.sent)
