"""Mail by SMTP, encrypted unless the settings say otherwise."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import assert_never

from app.mail.mailer import Mail, MailNotSent
from app.settings import MailSecurity, Settings
from submissions.clock import Clock

WAIT_SECONDS = 20.0  # for each step of the conversation; nobody waits for it but the postman


class SmtpMailer:
    """Hands mail to the server of the settings. `trust` is what a certificate is checked against."""

    def __init__(self, settings: Settings, clock: Clock, trust: ssl.SSLContext) -> None:
        self._settings = settings
        self._clock = clock
        self._trust = trust

    def send(self, mail: Mail) -> None:
        """See Mailer. A recipient that the server refuses for good is not tried again."""
        try:
            with self._connected() as server:
                if self._settings.smtp_user:
                    server.login(self._settings.smtp_user, self._settings.smtp_password)
                server.send_message(self._message(mail))
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise MailNotSent(f"the recipient is refused ({codes[0]})", for_good=min(codes) >= 500) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailNotSent(f"{type(error).__name__}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        host, port = self._settings.smtp_host, self._settings.smtp_port
        match self._settings.smtp_security:
            case MailSecurity.TLS:
                return smtplib.SMTP_SSL(host, port, timeout=WAIT_SECONDS, context=self._trust)
            case MailSecurity.STARTTLS:
                server = smtplib.SMTP(host, port, timeout=WAIT_SECONDS)
                try:
                    server.starttls(context=self._trust)
                except BaseException:
                    server.close()
                    raise
                return server
            case MailSecurity.NONE:
                return smtplib.SMTP(host, port, timeout=WAIT_SECONDS)
            case _:
                assert_never(self._settings.smtp_security)

    def _message(self, mail: Mail) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.mail_from
        message["To"] = mail.recipient
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = make_msgid(domain=self._settings.mail_from.rpartition("@")[2].rstrip(">"))
        message["Auto-Submitted"] = "auto-generated"  # nobody's holiday reply comes back
        message.set_content(mail.text)
        return message


def smtp_mailer(settings: Settings, clock: Clock) -> SmtpMailer | None:
    """What sends mail for these settings; None where they name no server."""
    return SmtpMailer(settings, clock, ssl.create_default_context()) if settings.smtp_host else None
