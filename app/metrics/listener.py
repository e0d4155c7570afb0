"""The small server of a `chainrule worker`, which has no other: /healthz and /metrics."""

import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.errors import SettingsInvalid
from app.metrics.access import may_read_metrics
from app.metrics.instruments import MEDIA_TYPE, Metrics
from app.settings import Settings

REQUEST_SECONDS = 5.0  # what one request may take to arrive

logger = logging.getLogger("chainrule.metrics")


@contextmanager
def answering(settings: Settings, metrics: Metrics) -> Iterator[int | None]:
    """Answer while the block runs; the port, or None where the settings name none. Raises SettingsInvalid."""
    if settings.worker_metrics_port is None:
        yield None
        return

    class Answers(_Answers):
        pass

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET

    Answers.settings, Answers.metrics = settings, metrics
    try:
        server = Server((settings.host, settings.worker_metrics_port), Answers)
    except OSError as error:
        port = settings.worker_metrics_port
        raise SettingsInvalid((f"cannot listen on {settings.host} port {port}: {error.strerror}",)) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="metrics")
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answers(BaseHTTPRequestHandler):
    settings: Settings
    metrics: Metrics
    timeout = REQUEST_SECONDS
    server_version, sys_version = "chainrule", ""

    def do_GET(self) -> None:  # the name that http.server looks for
        """Answer."""
        if self.path == "/healthz":
            self._send(HTTPStatus.OK, "text/plain", b"ok\n")
        elif self.path == "/metrics" and self._may_read():
            self._send(HTTPStatus.OK, MEDIA_TYPE, self.metrics.exposition())
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain", b"There is nothing at this address.\n")

    def log_message(self, format: str, *args: Any) -> None:
        """A monitor asks every few seconds: that is no news."""
        logger.debug(format, *args)

    def _may_read(self) -> bool:
        headers = {name.lower(): value for name, value in self.headers.items()}
        return may_read_metrics(self.settings, self.client_address[0], headers)

    def _send(self, status: HTTPStatus, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
