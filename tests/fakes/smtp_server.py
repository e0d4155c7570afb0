"""A mail server on loopback: it speaks as much SMTP as smtplib does, and keeps what arrives."""

import base64
import email
import email.policy
import socket
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType

from tests.fakes.certificate import Certificate


@dataclass
class Arrived:
    """A mail as the server got it. user: who had signed in; empty for nobody."""

    message: EmailMessage
    sender: str
    recipients: list[str]
    encrypted: bool
    user: str


class SmtpServer:
    """Listens on a free port inside `with`.

    certificate: for STARTTLS, or `from_the_start` for TLS at once; None offers none. people: who may sign in.
    refuse: code to refuse every recipient with; 0 takes them.
    """

    def __init__(
        self, certificate: Certificate | None, people: dict[str, str], *, from_the_start: bool = False
    ) -> None:
        self.people = people
        self.arrived: list[Arrived] = []
        self.refuse = 0
        self.tls = certificate.served() if certificate else None
        self.from_the_start = from_the_start
        self.changed = threading.Condition()
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                try:
                    _Conversation(outer, self.request).run()
                except (OSError, ValueError):
                    return  # the client hung up, or would not go on with our certificate

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="smtp")
        self._thread.start()

    def wait_for(self, count: int) -> list[Arrived]:
        """What arrived, once it is `count` mails."""
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.arrived) >= count, 60), self.arrived
            return list(self.arrived)

    def stop(self) -> None:
        """Listen no more."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()

    def __enter__(self) -> "SmtpServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


@dataclass
class _Conversation:
    server: SmtpServer
    link: socket.socket
    encrypted: bool = False
    user: str = ""
    sender: str = ""
    recipients: list[str] = field(default_factory=list)
    buffer: bytes = b""

    def run(self) -> None:
        self.link.settimeout(30)
        if self.server.from_the_start:
            self._encrypt()
        self._say("220 loopback")
        try:
            while (line := self._line()) is not None:
                verb = line.split(" ")[0].upper()
                if verb == "QUIT":
                    self._say("221 bye")
                    return
                self._answer(verb, line)
        finally:
            self.link.close()

    def _answer(self, verb: str, line: str) -> None:
        if verb == "EHLO":
            offers = [] if self.encrypted or self.server.tls is None else ["STARTTLS"]
            offers += ["AUTH PLAIN"] if self.server.people or self.encrypted else []
            lines = ["loopback", *offers, "8BITMIME"]
            for number, words in enumerate(lines):
                self._say(f"250{' ' if number == len(lines) - 1 else '-'}{words}")
        elif verb == "STARTTLS":
            self._say("220 go on")
            self._encrypt()
        elif verb == "AUTH":
            _, user, password = base64.b64decode(line.split(" ")[2]).decode().split("\0")
            right = self.encrypted and self.server.people.get(user) == password
            self.user = user if right else ""
            self._say("235 welcome" if right else "535 no")
        elif verb == "MAIL":
            self.sender = line.split("<")[1].split(">")[0]
            self._say("250 ok")
        elif verb == "RCPT":
            if self.server.refuse:
                self._say(f"{self.server.refuse} no such person")
                return
            self.recipients.append(line.split("<")[1].split(">")[0])
            self._say("250 ok")
        elif verb == "DATA":
            self._say("354 go on")
            self._take()
            self._say("250 taken")
        else:
            self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self._line()) not in (".", None):
            lines.append(str(line).removeprefix(".") if str(line).startswith("..") else str(line))
        message = email.message_from_string("\r\n".join(lines), policy=email.policy.default)
        with self.server.changed:
            self.server.arrived.append(Arrived(message, self.sender, list(self.recipients), self.encrypted, self.user))
            self.server.changed.notify_all()

    def _encrypt(self) -> None:
        assert self.server.tls is not None
        self.link = self.server.tls.wrap_socket(self.link, server_side=True)
        self.encrypted, self.buffer = True, b""

    def _line(self) -> str | None:
        while b"\r\n" not in self.buffer:
            try:
                more = self.link.recv(65536)
            except ssl.SSLError:
                return None
            if not more:
                return None
            self.buffer += more
        line, _, self.buffer = self.buffer.partition(b"\r\n")
        return line.decode("utf-8", "replace")

    def _say(self, words: str) -> None:
        self.link.sendall(f"{words}\r\n".encode())
