"""`chainrule serve`, `worker`, `migrate`: the processes that run for long."""

import logging
import signal
import socket
import sys
import threading
from types import FrameType

import click
import uvicorn

from app.commands.opening import log_to_stderr, opened_database
from app.demo import LOGINS, make_demo
from app.errors import SettingsInvalid
from app.event_streams import EventStreams
from app.main import REAL_WORKSHOP, create_app
from app.settings import Settings, read_settings
from app.worker import Worker
from reference.catalog import Catalog
from submissions.clock import system_clock
from submissions.queue import EmbeddedEngine

DRAIN_SECONDS = 10  # what requests under way may take when the server is told to stop
BACKLOG = 2048


@click.command()
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=int, help="Port to listen on; 0 takes a free one.")
@click.option("--demo", is_flag=True, help="Make the demo course first and print its logins.")
def serve(host: str | None, port: int | None, demo: bool) -> None:
    """Serve the pages and the API, and grade."""
    settings = read_settings(host=host, port=port)
    log_to_stderr(settings)
    with opened_database(settings, migrate=True) as database:
        if demo:
            make_demo(database, Catalog.builtin(*settings.assignment_folders), settings, system_clock())
    with listening(settings) as listener:
        settings = read_settings(host=host, port=listener.getsockname()[1])
        app = create_app(settings)
        click.echo(f"Chainrule answers at {settings.public_origin}")
        if demo:
            click.echo("Demo logins (e-mail, password):")
            for email, password in LOGINS:
                click.echo(f"  {email}  {password}")
        sys.stdout.flush()
        config = uvicorn.Config(
            app, log_config=None, server_header=False, timeout_graceful_shutdown=DRAIN_SECONDS, lifespan="on"
        )
        server = Server(config)
        server.run(sockets=[listener])
    if not server.started:
        raise SystemExit(3)


@click.command()
def worker() -> None:
    """Only grade; beside a `serve` that has CHAINRULE_EMBEDDED_WORKER=false."""
    settings = read_settings()
    log_to_stderr(settings)
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    with opened_database(settings) as database:
        Worker(
            EmbeddedEngine(database, system_clock, settings.worker_lease_seconds),
            REAL_WORKSHOP.graders(settings, database, stop),
            lambda: REAL_WORKSHOP.examine(settings),
            slots=settings.worker_slots,
            stop=stop,
            told=lambda health: logging.getLogger("chainrule.worker").info(
                "sandbox %s %s %s", health.state, health.level, health.message
            ),
        ).run()


@click.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    with opened_database(read_settings(), migrate=True):
        click.echo("The database is at this version's schema.")


class Server(uvicorn.Server):
    """Ends the streams of events before it waits for requests under way: they would otherwise use up its patience."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told to stop."""
        streams: EventStreams = self.config.app.state.event_streams  # type: ignore[union-attr]  # ours, not a name of one
        streams.close()
        super().handle_exit(sig, frame)


def listening(settings: Settings) -> socket.socket:
    """A socket that listens already, so that the printed address works from the moment it is printed.

    Raises SettingsInvalid where the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol is named; without it each answer waits 40 ms for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise SettingsInvalid((f"cannot listen on {settings.host} port {settings.port}: {error.strerror}",)) from error
    return listener
