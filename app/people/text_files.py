"""The text in a file that somebody saved: UTF-8, UTF-16 with its mark, or what spreadsheets write in the West."""

from app.errors import BadForm
from grader.translation import gettext as _

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSED = "cp1252"
"""No file says that it is this: it is what is left when it is not UTF-8."""
ARCHIVE = b"PK\x03\x04"  # which an Excel workbook is, too


def decoded(data: bytes, field: str) -> tuple[str, str]:
    """The text and the encoding that it is in. Raises BadForm, which names the field, for what is no text."""
    if data.startswith(ARCHIVE):
        raise BadForm(_("This is an Excel workbook or an archive. Save the list as CSV and send that."), field)
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", GUESSED):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise BadForm(_("This file is no text. Save the list as CSV (UTF-8) and send that."), field)
    if "\0" in text:
        raise BadForm(_("This file is no text: it holds NUL bytes. Save the list as CSV (UTF-8)."), field)
    return text, encoding
