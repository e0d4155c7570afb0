"""Text in the letters of whoever saved it."""

import pytest

from app.errors import BadForm
from app.people.text_files import decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read(encoding: str) -> None:
    assert decoded("Zoë".encode(encoding), "file") == ("Zoë", encoding)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "Excel workbook"),
        (b"\xff\xfea", "no text"),
        (b"\x81", "no text"),
        (b"a\0b", "NUL bytes"),
    ],
)
def test_what_is_no_text_is_told(data: bytes, said: str) -> None:
    with pytest.raises(BadForm, match=said) as told:
        decoded(data, "file")
    assert told.value.field == "file"
