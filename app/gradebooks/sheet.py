"""A gradebook file that an instructor exported: read and written back in its own encoding and delimiter."""

import csv
import io
from dataclasses import dataclass

from app.errors import BadForm
from grader.translation import gettext as _

MOST_ROWS = 20_000
MOST_COLUMNS = 2_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How an .xlsx or .ods begins, which is a zip, and an .xls of Excel's own, which is not the text that is called so."""
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells, the first of them the header; and how the file was written.

    quoted: every cell in quotation marks, as Blackboard writes and wants them.
    """

    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str
    quoted: bool = False

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.rows[0]

    def columns(self, *names: str) -> tuple[int, ...]:
        """Places of the columns with one of these names, in any case."""
        wanted = {name.casefold() for name in names}
        return tuple(place for place, name in enumerate(self.header) if name.strip().casefold() in wanted)

    def written(self) -> bytes:
        """The file."""
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=self.delimiter,
            lineterminator="\r\n",
            quoting=csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL,
        )
        writer.writerows(self.rows)
        return out.getvalue().encode(self.encoding)


def read_sheet(data: bytes) -> Sheet:
    """The sheet in a CSV or tab-separated file. Raises BadForm, which names the field `file`."""
    if data.startswith(_WORKBOOKS):
        raise BadForm(
            _("This is a workbook of a spreadsheet program. Open it there, save it as CSV, and send that."), "file"
        )
    encoding = next((name for mark, name in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        try:
            text, encoding = data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError as error:
            raise BadForm(_("This is no gradebook file: it is not text. Export it as CSV."), "file") from error
    if "\0" in text:
        raise BadForm(_("This is no gradebook file: it holds NUL bytes. Export it as CSV, not as .xlsx."), "file")
    delimiter = max("\t,;", key=text.partition("\n")[0].count)
    try:
        rows = [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except csv.Error as error:
        raise BadForm(_("This is no gradebook file: {error}.", error=error), "file") from error
    if len(rows) < 2:
        raise BadForm(_("This file has no line of a learner."), "file")
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise BadForm(
            _("This file has more than {rows:,} lines or {columns:,} columns.", rows=MOST_ROWS, columns=MOST_COLUMNS),
            "file",
        )
    head = text.lstrip("\ufeff\r\n").splitlines()[0]
    quoted = head.count(f'"{delimiter}"') == len(rows[0]) - 1 and head.startswith('"')
    return Sheet(tuple(rows), delimiter, encoding, quoted)
