"""Where lines go, and which are written."""

import logging
import sys

from app.logs.lines import JsonLines, TextLines
from app.settings import LogFormat, Settings

QUIETER = (
    "httpx",  # both log every address that is asked, at INFO
    "httpcore",
    "procrastinate",  # it reports every grading twice
    "alembic",  # it reports every look at the schema
    "uvicorn.access",  # with whole paths; request_lines.py says the same without what paths may hold
)


def log_to_stderr(settings: Settings) -> None:
    """Log lines go to stderr, so that stdout holds only what was asked for."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if settings.log_format is LogFormat.JSON else TextLines())
    logging.basicConfig(handlers=[handler], level=settings.log_level)
    for name in QUIETER:
        logging.getLogger(name).setLevel(logging.WARNING)
