"""The fakes of mail do what tests take them for."""

import smtplib

import pytest

from app.mail.mailer import Mail, MailNotSent
from tests.fakes.mailer import RecordingMailer
from tests.fakes.smtp_server import SmtpServer

MAIL = Mail("ada@example.org", "Hello", "Text\n")


def test_it_keeps_what_it_takes_and_refuses_when_told() -> None:
    mailer = RecordingMailer(fails=1, breaks=1)
    with pytest.raises(RuntimeError):
        mailer.send(MAIL)
    with pytest.raises(MailNotSent):
        mailer.send(MAIL)
    mailer.send(MAIL)

    assert mailer.wait_for(1) == [MAIL]


def test_the_server_keeps_lines_that_begin_with_a_dot() -> None:
    with SmtpServer(None, {}) as server:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=30) as client:
            client.sendmail("a@b.example", ["c@d.example"], "Subject: x\r\n\r\n.hidden\r\n..\r\nend\r\n")
        (arrived,) = server.wait_for(1)

    assert arrived.message.get_content().splitlines() == [".hidden", "..", "end"]
    assert (arrived.sender, arrived.recipients, arrived.encrypted) == ("a@b.example", ["c@d.example"], False)
