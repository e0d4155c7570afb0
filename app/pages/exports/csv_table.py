"""A table as CSV that a spreadsheet reads and never runs."""

import csv
import io

from app.gradebooks.cells import text as harmless_text
from app.pages.pictures.picture import Table


def csv_table(table: Table) -> str:
    """The head, with the group before each name where there is one, and the rows (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    groups = [name for name, columns in table.groups for _ in range(columns)]
    named = [f"{group}, {name}" for group, name in zip(groups, table.head[1:], strict=True)] if groups else []
    writer.writerow(map(harmless_text, (table.head[0], *named) if named else table.head))
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _cell(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return harmless_text(text)
    return text  # a negative number begins as a formula does and is none
