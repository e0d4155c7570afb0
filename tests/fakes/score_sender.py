"""Sends owed scores until it is killed: python -m tests.fakes.score_sender DATA_DIR DATABASE_URL MOMENT."""

import dataclasses
import sys
import threading
from datetime import datetime
from pathlib import Path

from app.lti.outbox import Outbox
from app.lti.service import Service
from app.main import REAL_WORKSHOP, create_app
from app.settings import Settings
from tests.fakes.client import Client


def main(data_dir: str, database_url: str, moment: str) -> None:
    """Send what is due at that moment, at which its clock stands."""
    settings = Settings(
        data_dir=Path(data_dir), database_url=database_url, embedded_worker=False, private_platforms=True
    )
    workshop = dataclasses.replace(REAL_WORKSHOP, send=lambda context, stop: None)
    client = Client(create_app(settings, lambda: datetime.fromisoformat(moment), workshop))
    context = client.app.state.context
    Outbox(context, Service(context), threading.Event()).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
