"""What is accepted, what is refused, and that a refusal names every cause."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import Note
from submissions.errors import RejectedUpload
from submissions.uploads.intake import MAX_UPLOAD_BYTES, receive, too_large


def packed(files: Mapping[str, bytes]) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def refusal(filename: str, data: bytes) -> dict[str, str]:
    with pytest.raises(RejectedUpload) as rejected:
        receive(filename, data)
    reasons = rejected.value.reasons
    assert rejected.value.sentence == " ".join(reason.sentence for reason in reasons)
    return {reason.code: reason.sentence for reason in reasons}


def text_of(filename: str, data: bytes) -> str:
    return receive(filename, data).upload.entry.text


def test_a_python_file_is_kept_as_it_came_and_read_as_text() -> None:
    received = receive("My work (2).PY", b"x = 1\r\ny = 2\rz = 3\n")
    assert received.data == b"x = 1\r\ny = 2\rz = 3\n"
    assert received.filename == "My work (2).PY"
    assert received.upload.entry.name == "My work (2).py"
    assert received.upload.entry.text == "x = 1\ny = 2\nz = 3\n"
    assert received.notes == ()


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf  \n"])
def test_nothing_is_refused_as_empty(data: bytes) -> None:
    assert set(refusal("a.py", data)) == {"EMPTY"}


def test_the_greatest_upload_passes_and_one_byte_more_does_not() -> None:
    assert len(text_of("a.py", b"#" * MAX_UPLOAD_BYTES)) == MAX_UPLOAD_BYTES
    refused = refusal("a.py", b"#" * (MAX_UPLOAD_BYTES + 1))
    assert set(refused) == {"TOO_LARGE"}
    assert "1,048,577" in refused["TOO_LARGE"]
    assert "1,048,576" in refused["TOO_LARGE"]
    assert "104,857,600" in too_large(100 * 1024 * 1024).sentence


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04rest", "zip archive"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xa7\x0d\r\n\0\0\0\0" + b"x" * 20, ".pyc"),
        (b"x = 1\ny = '\0'\n", "byte 11 (line 2)"),
        (b"<!DOCTYPE html><html>", "web page"),
    ],
)
def test_other_formats_are_named(data: bytes, says: str) -> None:
    refused = refusal("a.py", data)
    assert set(refused) == {"BINARY"}
    assert says in refused["BINARY"]


def test_a_wrong_byte_is_found() -> None:
    refused = refusal("a.py", b"x = 1\r\n# caf\xe9\n")
    assert set(refused) == {"NOT_UTF8"}
    for fact in ("Byte 12", "line 2", "0xe9", "UTF-8"):
        assert fact in refused["NOT_UTF8"]


@pytest.mark.parametrize("cookie", ["latin-1", "ISO_8859_1", "iso-8859-1", "cp1252", "windows-1252"])
@pytest.mark.parametrize("before", ["", "#!/usr/bin/env python\n", "\n"])
def test_a_declared_western_encoding_is_followed(cookie: str, before: str) -> None:
    received = receive("a.py", f"{before}# -*- coding: {cookie} -*-\nname = 'caf\xe9'\n".encode("latin-1"))
    assert "café" in received.upload.entry.text
    assert [note.code for note in received.notes] == ["DECODED_AS"]


def test_a_declaration_below_code_or_in_the_third_line_is_a_comment() -> None:
    for before in ("x = 1\n", "\n\n"):
        assert set(refusal("a.py", f"{before}# coding: latin-1\n# caf\xe9\n".encode("latin-1"))) == {"NOT_UTF8"}


@pytest.mark.parametrize("cookie", ["utf-16", "rot13", "os.system", "koi8-r", "utf-7"])
def test_other_encodings_are_refused_by_name(cookie: str) -> None:
    assert f'"{cookie}"' in refusal("a.py", f"# coding: {cookie}\nx = 1\n".encode())["NOT_UTF8"]


def test_a_byte_the_declared_encoding_does_not_have_is_found() -> None:
    assert "CP1252" in refusal("a.py", b"# coding: cp1252\n# \x81\n")["NOT_UTF8"]


def test_the_mark_of_utf8_is_removed_and_contradicted_only_by_name() -> None:
    assert text_of("a.py", b"\xef\xbb\xbf# coding: utf8\nx = 1\n") == "# coding: utf8\nx = 1\n"
    assert "latin-1" in refusal("a.py", b"\xef\xbb\xbf# coding: latin-1\nx = 1\n")["NOT_UTF8"]
    assert "Byte 5" in refusal("a.py", b"\xef\xbb\xbf# \xff\n")["NOT_UTF8"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_utf16_gets_a_hint(encoding: str) -> None:
    refused = refusal("a.py", "x = 1\n".encode(encoding))
    assert set(refused) == {"NOT_UTF8"}
    assert encoding.upper() in refused["NOT_UTF8"]
    assert "save it as UTF-8" in refused["NOT_UTF8"]


@pytest.mark.parametrize("filename", ["a.txt", "a", "", "a.py.txt", "a.pyc", "a.py "])
def test_other_endings_are_refused(filename: str) -> None:
    assert set(refusal(filename, b"x = 1\n")) == {"WRONG_TYPE"}


@pytest.mark.parametrize("filename", ["work.tar.gz", "work.TGZ", "work.7z"])
def test_another_archive_is_to_be_packed_as_zip(filename: str) -> None:
    assert "pack the same files as .zip" in refusal(filename, b"PK")["WRONG_TYPE"]


@pytest.mark.parametrize(
    "filename",
    ["a\0.py", "../a.py", "a\\b.py", "a\n.py", "a\ud800.py", "a\u202eyp.py", "a" * 253 + ".py", "\x1b[31m.py"],
)
def test_bad_names_are_refused(filename: str) -> None:
    assert set(refusal(filename, b"x = 1\n")) == {"BAD_NAME"}


@pytest.mark.parametrize(
    "filename",
    [
        "\u200bnet.py",
        "ne\u200ct.py",
        "net\u2028.py",
        "n\u00adet.py",
        "net\ufe0f.py",
        "\u3164.py",
        "\u06cc\u200c\u200c.py",
    ],
)
def test_a_name_that_looks_like_another_is_refused_alone_and_in_an_archive(filename: str) -> None:
    assert set(refusal(filename, b"x = 1\n")) == {"BAD_NAME"}
    assert set(refusal("a.zip", packed({filename: b"x = 1\n", "net.py": b"x = 1\n"}))) == {"ZIP_UNSAFE_NAME"}
    assert receive("a.zip", packed({f"{filename}.pdf": b"%PDF", "net.py": b"x = 1\n"})).upload.entry.name == "net.py"


@pytest.mark.parametrize(
    "filename", ["\u0645\u06cc\u200c\u062e.py", "\U0001f469\u200d\U0001f4bb.py", "1\ufe0f\u20e3.py", "\u2764\ufe0f.py"]
)
def test_joiners_are_part_of_names_that_need_them(filename: str) -> None:
    assert receive(filename, b"x = 1\n").upload.entry.name == filename


def test_a_long_name_passes() -> None:
    assert receive("a" * 252 + ".py", b"x = 1\n").upload.entry.name == "a" * 252 + ".py"


def test_every_reason_is_given() -> None:
    assert set(refusal("../a\0.py", b"\xff\xfe\0")) == {"BAD_NAME", "NOT_UTF8"}
    assert set(refusal("a/b.txt", b"")) == {"BAD_NAME", "WRONG_TYPE", "EMPTY"}
    assert set(refusal("a\0.txt", b"x" * (MAX_UPLOAD_BYTES + 1))) == {"BAD_NAME", "WRONG_TYPE", "TOO_LARGE"}


def test_no_sentence_repeats_what_cannot_be_shown() -> None:
    for sentence in refusal("a\x1b\0\ud800.py", b"x\0").values():
        assert sentence.isprintable()


def test_a_notebook_under_a_python_name_is_told_its_own() -> None:
    assert ".ipynb" in refusal("a.py", b'{"cells": [], "nbformat": 4}')["WRONG_TYPE"]


def test_source_that_is_no_python_is_accepted_here() -> None:
    """Syntax is found in the sandbox, so that no compiler of ours ever sees a stranger's text."""
    assert text_of("a.py", b"print 'Python 2'\ndef (:\n") == "print 'Python 2'\ndef (:\n"
    assert text_of("a.py", b"(" * 100_000) == "(" * 100_000


@given(filename=st.text(max_size=20) | st.sampled_from(["a.py", "a.ipynb", "a.zip"]), data=st.binary(max_size=400))
def test_any_bytes_are_received_or_rejected_with_reasons(filename: str, data: bytes) -> None:
    try:
        received = receive(filename, data)
    except RejectedUpload as rejected:
        assert rejected.reasons
        assert all(reason.code and reason.sentence for reason in rejected.reasons)
        return
    assert received.data == data
    for file in received.upload.files:
        assert file.name.endswith(".py")
        assert "\0" not in file.text
        assert "\r" not in file.text
        file.text.encode("utf-8")
    assert all(isinstance(note, Note) for note in received.notes)
