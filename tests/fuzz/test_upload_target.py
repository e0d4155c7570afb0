"""Any bytes are received whole or refused with reasons, and take no more memory than their size allows."""

import json
import zipfile
from io import BytesIO
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.uploads.intake import MAX_UPLOAD_BYTES
from tests.fuzz.damage import damaged, each_byte, with_odd_parts
from tests.fuzz.target import peak
from tests.fuzz.upload_target import NAMES, UPLOADS, peak_bytes, prefixed, read


@pytest.mark.parametrize("seed", UPLOADS.seeds())
def test_a_seed_is_received(seed: bytes) -> None:
    assert read(seed)


@given(st.sampled_from(NAMES), st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes(name: str, body: bytes) -> None:
    read(prefixed(name, body))


def test_every_byte_changed_and_every_cut() -> None:
    for seed in UPLOADS.seeds():
        for data in each_byte(seed):
            read(data)


NOTEBOOKS = [json.loads(seed[1:]) for seed in UPLOADS.seeds() if seed[0] == NAMES.index("work.ipynb")]


@given(st.sampled_from(NOTEBOOKS).flatmap(with_odd_parts))
@settings(max_examples=300)
def test_notebooks_with_odd_parts(notebook: Any) -> None:
    read(prefixed("work.ipynb", json.dumps(notebook).encode()))


GOOD_PATHS = (
    "main.py",
    "hw/main.py",
    "hw/__init__.py",
    "a.PY",
    "notes.txt",
    "./a.py",
    "a//b.py",
    "\U0001f600.py",
    "\x80.py",
)
HIDDEN_PATHS = (".py", ".hidden/a.py", "__MACOSX/._a.py", "hw/", ".", "")
BAD_PATHS = (
    "../a.py",
    "/a.py",
    "a/../b.py",
    "C:a.py",
    "a\\b.py",
    "a\0b.py",
    "a\tb.py",
    "\u202ea.py",
    "x" * 300,
    "inner.zip",
)
PATHS = st.sampled_from((*GOOD_PATHS, *GOOD_PATHS, *HIDDEN_PATHS, *BAD_PATHS))
CONTENTS = st.sampled_from(
    (b"", b"\n", b"x = 1\n" * 9, b"\0", b"\xff", b"PK\x03\x04", bytes(100_000), b"# coding: rot13\n")
)
MODES = st.sampled_from((0, 0, 0o100644, 0o100644, 0o120777, 0o020644, 0o040755))
METHODS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])


@st.composite
def archives(draw: st.DrawFn) -> bytes:
    """An archive of odd entries, whole or with a byte changed."""
    buffer = BytesIO()
    with catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        simplefilter("ignore", UserWarning)  # a name given twice is on purpose
        for _ in range(draw(st.integers(0, 4))):
            entry = zipfile.ZipInfo(draw(PATHS))
            entry.external_attr = draw(MODES) << 16
            archive.writestr(entry, draw(CONTENTS), draw(METHODS))
    data = bytearray(buffer.getvalue())
    if draw(st.booleans()):
        data[draw(st.integers(0, len(data) - 1))] ^= draw(st.integers(1, 255))
    return bytes(data)


@given(archives())
@settings(max_examples=400)
def test_archives_of_odd_entries(body: bytes) -> None:
    read(prefixed("work.zip", body))


@given(damaged(UPLOADS))
@settings(max_examples=300)
def test_damaged_uploads(data: bytes) -> None:
    read(data)


@given(damaged(UPLOADS), st.sampled_from(NAMES))
@settings(max_examples=100)
def test_uploads_under_another_name(data: bytes, name: str) -> None:
    read(prefixed(name, data[1:]))


@given(damaged(UPLOADS))
@settings(max_examples=100)
def test_memory_stays_within_what_the_size_allows(data: bytes) -> None:
    assert peak(read, data) <= peak_bytes(data)


FILLED_BYTES = MAX_UPLOAD_BYTES // 4
"""The allowance grows with the size, so a quarter of the greatest upload proves the same in a quarter of the time."""


def cell(unit: str, first: str = "") -> bytes:
    """A great notebook of one cell that repeats `unit` after `first`."""
    return filled(json.dumps(unit)[1:-1], '{"cells":[{"cell_type":"code","source":"' + json.dumps(first)[1:-1], '"}]}')


def writing(source: str) -> bytes:
    """A great notebook of cells that all hold `source`."""
    return filled(json.dumps({"cell_type": "code", "source": source}) + ",", '{"cells":[', "0]}")


def filled(unit: str, before: str, after: str) -> bytes:
    """A great text of one unit repeated."""
    count = (FILLED_BYTES - len(before) - len(after)) // len(unit)
    return (before + unit * count + after).encode()


def crowd() -> bytes:
    """An archive with as many entries as the greatest upload holds."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(9_500):
            archive.writestr(zipfile.ZipInfo(f"{number}.py"), b"")
    return buffer.getvalue()


def bomb() -> bytes:
    """An archive of files that unpack to much more than may be."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(40):
            archive.writestr(f"{number}.py", b" " * (1 << 20))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        pytest.param("work.ipynb", cell("\n"), id="lines"),
        pytest.param("work.ipynb", cell("x\n"), id="short lines"),
        pytest.param("work.ipynb", cell("!a\n"), id="magics"),
        pytest.param("work.ipynb", cell("\U0001f600"), id="wide characters"),
        pytest.param("work.ipynb", cell("a\n", "%%writefile a.py\n"), id="lines of a written file"),
        pytest.param("work.ipynb", cell("\U0001f600", "%%writefile a.py\n"), id="a wide written file"),
        pytest.param("work.ipynb", writing("%%writefile -a a.py\nx"), id="appending cells"),
        pytest.param("work.ipynb", writing("%%writefile a.py\nx"), id="writing cells"),
        pytest.param("work.ipynb", cell("' \"", "%%writefile "), id="quotes"),
        pytest.param("work.ipynb", filled('{"cell_type":"code"},', '{"cells":[', "0]}"), id="cells"),
        pytest.param("work.ipynb", filled("{},", '{"cells":[', "0]}"), id="empty cells"),
        pytest.param("work.ipynb", filled('"a",', '{"cells":[{"cell_type":"code","source":[', "0]}]}"), id="pieces"),
        pytest.param("work.ipynb", b"[" * FILLED_BYTES, id="brackets"),
        pytest.param("work.py", b"\r" * (FILLED_BYTES - 1) + b"x", id="line ends"),
        pytest.param("work.py", b"\n" * (FILLED_BYTES - 1) + b"\xff", id="line ends before a wrong byte"),
        pytest.param("work.py", "\U0001f600".encode() * (FILLED_BYTES // 4), id="wide text"),
        pytest.param("work.zip", crowd(), id="crowd"),
        pytest.param("work.zip", bomb(), id="bomb"),
    ],
)
def test_the_dearest_uploads_take_no_more_memory(name: str, body: bytes) -> None:
    assert len(body) <= MAX_UPLOAD_BYTES
    data = prefixed(name, body)

    assert peak(read, data) <= peak_bytes(data)
