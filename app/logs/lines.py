"""The two forms of a log line: JSON for machines, text for people. Both leave out what nobody may read in a log."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from app.logs.about import about
from app.security.links import without_secrets

FIELDS = ("request_id", "grading_id", "submission_id", "method", "route", "status", "milliseconds")
"""What a line may carry beside its message, given as `extra`; anything else is not written."""

LONGEST = 20_000  # characters of a message or a traceback, so that no line is cut by whoever collects them


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    given = {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
    return {**about(), **given}


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, what it is about, and the error if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. It never raises: a record whose arguments do not fit is written as it is."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _said(record),
            **_fields(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["traceback"] = without_secrets(self.formatException(record.exc_info))[-LONGEST:]
        text = json.dumps(line, ensure_ascii=False, default=str)
        return text.encode("utf-8", "backslashreplace").decode()  # half a character, as JSON writes it too


class TextLines(logging.Formatter):
    """A line for people, what it is about at its end."""

    def __init__(self, with_time: bool = True) -> None:
        super().__init__()
        self._with_time = with_time

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback of its error below."""
        time = f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%d %H:%M:%S} " if self._with_time else ""
        named = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        line = f"{time}{record.levelname} {record.name}: {_said(record)}" + (f" [{named}]" if named else "")
        if record.exc_info and record.exc_info[0] is not None:
            line += "\n" + without_secrets(self.formatException(record.exc_info))[-LONGEST:]
        return _harmless(line)


def _harmless(line: str) -> str:
    """`line` with nothing that turns a terminal's colours, and no second line that looks like one of ours."""
    shown = "".join(
        character if character.isprintable() or character in "\n\t" else ascii(character)[1:-1] for character in line
    )
    return shown.replace("\n", "\n    ")


def _said(record: logging.LogRecord) -> str:
    try:
        message = record.getMessage()
    except (TypeError, ValueError):  # a mistake of ours in a rare line must not lose the line
        message = f"{record.msg} {record.args}"
    return without_secrets(message)[:LONGEST]
