"""Mail over a real socket: what arrives, how it is encrypted, and what is not tried again."""

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.mail.mailer import Mail, MailNotSent
from app.mail.smtp import SmtpMailer, smtp_mailer
from app.settings import Settings, read_settings
from tests.fakes.certificate import Certificate, self_signed
from tests.fakes.smtp_server import SmtpServer

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
MAIL = Mail("ada@example.org", "Join Réseaux\nneuronaux", "Open this link:\n\nhttps://grade.example/x\n")
Send = Callable[..., None]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return self_signed(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server(certificate: Certificate) -> Iterator[SmtpServer]:
    with SmtpServer(certificate, {"mailer": "secret"}) as server:
        yield server


@pytest.fixture
def send(server: SmtpServer, certificate: Certificate, tmp_path: Path) -> Send:
    """Sends MAIL with settings for the server."""
    password = tmp_path / "password"
    password.write_text("secret\n")

    def sending(trust: ssl.SSLContext | None = None, **more: object) -> None:
        settings = read_settings(
            **{
                "smtp_host": "localhost",
                "smtp_port": server.port,
                "smtp_user": "mailer",
                "smtp_password_file": password,
                "mail_from": "Chainrule <grader@example.org>",
                **more,
            }
        )
        SmtpMailer(settings, lambda: NOW, trust or certificate.trusted()).send(MAIL)

    return sending


def test_it_arrives_signed_in_and_encrypted(server: SmtpServer, send: Send) -> None:
    send()
    (arrived,) = server.arrived

    assert (arrived.encrypted, arrived.user) == (True, "mailer")
    assert arrived.sender == "grader@example.org"
    assert arrived.recipients == ["ada@example.org"]
    assert arrived.message["To"] == "ada@example.org"
    assert arrived.message["Subject"] == "Join Réseaux neuronaux"
    assert arrived.message["Date"].datetime == NOW
    assert "https://grade.example/x" in arrived.message.get_content()


def test_a_certificate_that_nobody_vouches_for_is_not_spoken_to(server: SmtpServer, send: Send) -> None:
    with pytest.raises(MailNotSent, match="CERTIFICATE_VERIFY_FAILED") as caught:
        send(ssl.create_default_context())

    assert not caught.value.for_good
    assert server.arrived == []


def test_a_server_without_encryption_is_not_told_the_password(certificate: Certificate, send: Send) -> None:
    with SmtpServer(None, {}) as plain:
        with pytest.raises(MailNotSent, match="STARTTLS"):
            send(smtp_port=plain.port)

        assert plain.arrived == []


def test_encryption_from_the_first_byte(certificate: Certificate, send: Send) -> None:
    with SmtpServer(certificate, {"mailer": "secret"}, from_the_start=True) as server:
        send(smtp_port=server.port, smtp_security="tls")

        assert [arrived.encrypted for arrived in server.arrived] == [True]


def test_plain_where_the_settings_say_so(send: Send) -> None:
    with SmtpServer(None, {}) as server:
        send(smtp_port=server.port, smtp_security="none", smtp_user="", smtp_password_file=None)

        assert [arrived.encrypted for arrived in server.arrived] == [False]


@pytest.mark.parametrize(("code", "for_good"), [(550, True), (451, False)])
def test_a_recipient_that_is_not_there_is_not_tried_again(
    server: SmtpServer, send: Send, code: int, for_good: bool
) -> None:
    server.refuse = code
    with pytest.raises(MailNotSent) as caught:
        send()

    assert caught.value.for_good is for_good


def test_a_wrong_password_may_be_mended(send: Send, server: SmtpServer) -> None:
    server.people.clear()
    with pytest.raises(MailNotSent) as caught:
        send()

    assert not caught.value.for_good


def test_a_server_that_is_not_there_is_tried_again(send: Send, server: SmtpServer) -> None:
    server.stop()
    with pytest.raises(MailNotSent) as caught:
        send()

    assert not caught.value.for_good


def test_without_a_server_there_is_no_mailer() -> None:
    assert smtp_mailer(Settings(), lambda: NOW) is None
    settings = Settings(smtp_host="mail.example.org", mail_from="grader@example.org")
    assert smtp_mailer(settings, lambda: NOW) is not None
