"""The bytes of one Python file to its text, or why not. Reading it as Python is for the sandbox."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass

from grader.translation import gettext as _
from grader.translation import gettext_noop
from submissions.errors import Reason, RejectedUpload

# PEP 263: in the first line, or in the second after a first one that is blank or a comment.
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BLANK = re.compile(rb"^[ \t\f]*(?:#.*)?$")
_LINE_END = re.compile(rb"\r\n|\r|\n")

# Spelled out, since looking a codec up by a stranger's name would import a module of that name.
_ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "u8", "utf", "utf-8-sig", "utf8-sig", "utf-8-unix", "utf-8-dos"), "utf-8"),
    **dict.fromkeys(("latin-1", "latin1", "l1", "iso-8859-1", "iso8859-1", "iso-latin-1", "latin-1-unix"), "latin-1"),
    **dict.fromkeys(("cp1252", "windows-1252", "1252"), "cp1252"),
    **dict.fromkeys(("ascii", "us-ascii"), "ascii"),
}

_WIDE_MARKS = (
    (BOM_UTF32_LE, "UTF-32"),
    (BOM_UTF32_BE, "UTF-32"),
    (BOM_UTF16_LE, "UTF-16"),
    (BOM_UTF16_BE, "UTF-16"),
)

_FORMATS = (
    (b"PK\x03\x04", gettext_noop("a zip archive")),
    (b"PK\x05\x06", gettext_noop("an empty zip archive")),
    (b"%PDF-", gettext_noop("a PDF document")),
    (b"\x89PNG\r\n", gettext_noop("a PNG image")),
    (b"\xff\xd8\xff", gettext_noop("a JPEG image")),
    (b"GIF87a", gettext_noop("a GIF image")),
    (b"GIF89a", gettext_noop("a GIF image")),
    (b"\x7fELF", gettext_noop("a compiled program")),
    (b"\x1f\x8b", gettext_noop("a gzip archive")),
    (b"\xfd7zXZ", gettext_noop("an xz archive")),
    (b"7z\xbc\xaf", gettext_noop("a 7z archive")),
    (b"Rar!\x1a", gettext_noop("a rar archive")),
    (b"\x93NUMPY", gettext_noop("a NumPy array file")),
    (b"\x89HDF", gettext_noop("an HDF5 file")),
    (b"\xd0\xcf\x11\xe0", gettext_noop("a Word document")),
    (b"{\\rtf", gettext_noop("a rich text document")),
    (b"<!DOCTYPE html", gettext_noop("a web page")),
    (b"<!doctype html", gettext_noop("a web page")),
)


@dataclass(frozen=True, slots=True)
class SourceText:
    """Text with "\\n" as its only line end. encoding: the one the file declares where that is not UTF-8."""

    text: str
    encoding: str | None


def decode(name: str, data: bytes) -> SourceText:
    """The text of a file called `name`, which may be blank. Raises RejectedUpload: BINARY, NOT_UTF8 or WRONG_TYPE."""
    for mark, encoding in _WIDE_MARKS:
        if data.startswith(mark):
            raise _rejected(
                "NOT_UTF8",
                _("{name} is saved as {encoding}; save it as UTF-8 in your editor.", name=name, encoding=encoding),
            )
    _refuse_other_formats(name, data)
    marked = data.startswith(BOM_UTF8)
    body = data.removeprefix(BOM_UTF8)
    declared = _declared(body)
    encoding = _ENCODINGS.get(declared.lower().replace("_", "-"), "")
    if encoding == "":
        raise _rejected(
            "NOT_UTF8",
            _(
                '{name} declares the encoding "{declared}", which is not accepted; save it as UTF-8 and '
                "remove the declaration.",
                name=name,
                declared=declared,
            ),
        )
    if marked and encoding != "utf-8":
        raise _rejected(
            "NOT_UTF8",
            _(
                '{name} begins with the mark of UTF-8 but declares "{declared}"; save it as UTF-8 and remove '
                "the declaration.",
                name=name,
                declared=declared,
            ),
        )
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        raise _rejected(
            "NOT_UTF8",
            _(
                "Byte {offset} of {name} (line {line}, value 0x{value:02x}) is not {encoding}; save the file "
                "as UTF-8 in your editor.",
                offset=offset,
                name=name,
                line=_line(data, offset),
                value=data[offset],
                encoding=encoding.upper(),
            ),
        ) from None
    return SourceText(text.replace("\r\n", "\n").replace("\r", "\n"), None if encoding == "utf-8" else encoding)


def _refuse_other_formats(name: str, data: bytes) -> None:
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise _rejected(
                "BINARY",
                _(
                    "{name} is {what}, not Python source; upload the .py, .ipynb or .zip file itself.",
                    name=name,
                    what=_(what),
                ),
            )
    if data[2:4] == b"\r\n" and b"\0" in data[:16]:
        raise _rejected(
            "BINARY", _("{name} is compiled Python (.pyc); upload the .py file it was made from.", name=name)
        )
    offset = data.find(b"\0")
    if offset >= 0:
        raise _rejected(
            "BINARY",
            _(
                "{name} is not text: byte {offset} (line {line}) is NUL. Upload Python source, saved as UTF-8.",
                name=name,
                offset=offset,
                line=_line(data, offset),
            ),
        )
    if data.lstrip()[:1] == b"{" and b'"nbformat"' in data and b'"cells"' in data:
        raise _rejected(
            "WRONG_TYPE", _("{name} is a notebook; give it its own ending, .ipynb, and upload it again.", name=name)
        )


def _declared(body: bytes) -> str:
    """The encoding the file declares, "utf-8" if none."""
    lines = _LINE_END.split(body[:4096], maxsplit=2)[:2]
    for line in lines:
        cookie = _COOKIE.match(line)
        if cookie is not None:
            return cookie.group(1).decode("ascii")
        if _BLANK.match(line) is None:
            break
    return "utf-8"


def _line(data: bytes, offset: int) -> int:
    return len(_LINE_END.findall(data[:offset])) + 1


def _rejected(code: str, sentence: str) -> RejectedUpload:
    return RejectedUpload((Reason(code, sentence),))
