"""What a backup says of itself: when and from what it was made, how many rows it holds, the checksum of each file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from submissions.errors import BackupRefused

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy of a database holds: the migration it is at, and the number of rows of each table."""

    revision: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup: its size in bytes and its SHA-256 in hexadecimal."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first thing that is read of a backup.

    engine: which kind of database it is of, `sqlite` or `postgresql`. version: of Chainrule.
    """

    made_at: datetime
    version: str
    engine: str
    contents: Contents
    files: Mapping[str, Kept]

    def to_bytes(self) -> bytes:
        """The manifest as it stands in the backup."""
        body: dict[str, Any] = {
            "format": FORMAT,
            "made_at": self.made_at.isoformat(),
            "version": self.version,
            "engine": self.engine,
            "revision": self.contents.revision,
            "rows": dict(self.contents.rows),
            "files": {name: asdict(kept) for name, kept in self.files.items()},
        }
        return json.dumps(body, indent=1).encode() + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """The manifest in `data`. Raises BackupRefused for anything else, and for one of a later form."""
    try:
        body = json.loads(data)
        if body["format"] != FORMAT:
            raise BackupRefused(f"The backup has the form {body['format']}; this version reads the form {FORMAT}.")
        return Manifest(
            datetime.fromisoformat(body["made_at"]),
            str(body["version"]),
            str(body["engine"]),
            Contents(str(body["revision"]), {str(name): int(count) for name, count in body["rows"].items()}),
            {str(name): Kept(int(kept["size_bytes"]), str(kept["sha256"])) for name, kept in body["files"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupRefused(f"The manifest of the backup cannot be read ({type(error).__name__}).") from error
