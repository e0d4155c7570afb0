"""The rows of a PostgreSQL database as a file: a line of JSON that names the tables, then the rows of each.

Rows are lines as COPY writes them: fields between tabs, and every tab, line feed and backslash in a field escaped. So a
line is a row, whatever is in it, and every version of the server reads what another wrote.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from submissions.backups.manifest import Contents
from submissions.errors import BackupRefused

END = b"\\.\n"
MOST_HEADER_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table that is copied: its name and its columns, in the order of the fields."""

    name: str
    columns: Sequence[str]


def write_header(stream: IO[bytes], revision: str, tables: Sequence[TableRows]) -> None:
    """Say what follows: the migration that the tables are at, and the tables."""
    named = [{"name": table.name, "columns": list(table.columns)} for table in tables]
    stream.write(json.dumps({"revision": revision, "tables": named}).encode() + b"\n")


def write_rows(stream: IO[bytes], blocks: Iterable[bytes]) -> int:
    """The rows of the next table, and its end; how many there were."""
    count = 0
    for block in blocks:
        count += block.count(b"\n")
        stream.write(block)
    stream.write(END)
    return count


def read_header(stream: IO[bytes]) -> tuple[str, list[TableRows]]:
    """The migration and the tables. Raises BackupRefused for anything else."""
    try:
        body: Any = json.loads(stream.readline(MOST_HEADER_BYTES))
        return str(body["revision"]), [
            TableRows(str(table["name"]), tuple(str(name) for name in table["columns"])) for table in body["tables"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise BackupRefused(f"The database in the backup cannot be read ({type(error).__name__}).") from error


def read_rows(stream: IO[bytes], table: TableRows) -> Iterator[bytes]:
    """The rows of the next table, a line each. Raises BackupRefused where they are damaged."""
    while (line := stream.readline()) != END:
        if not line.endswith(b"\n") or line.count(b"\t") != len(table.columns) - 1:
            raise BackupRefused(f"The rows of {table.name} in the backup are damaged.")
        yield line


def examined(path: Path) -> Contents:
    """Every row of such a file looked at; what it holds. Raises BackupRefused for a damaged one."""
    with path.open("rb") as stream:
        revision, tables = read_header(stream)
        rows = {table.name: sum(1 for _ in read_rows(stream, table)) for table in tables}
        if stream.read(1):
            raise BackupRefused("In the database of the backup something follows the last table.")
    return Contents(revision, rows)
