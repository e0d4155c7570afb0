"""Uploads as the intake reads them: any bytes under any kind of name are received whole or refused with reasons.

An input is one byte for the kind of file and the bytes of the file.
"""

import json
import zipfile
from io import BytesIO

from submissions.errors import RejectedUpload
from submissions.uploads.archive import MAX_FILES, MAX_UNPACKED_BYTES, is_unshowable, looks_like_another
from submissions.uploads.intake import MAX_UPLOAD_BYTES, receive
from tests.fuzz.target import Target

NAMES = ("work.py", "work.ipynb", "work.zip")
"""Names for an upload, chosen by the first byte of an input."""

SENTENCE_CHARACTERS = 2_000
"""The longest sentence about an upload: three names of 80 characters are named, and every character may be escaped."""

BYTES_PER_BYTE = 60
"""Memory for a byte of an upload, half again of what the worst was measured to take: a notebook of `!a` lines, four
bytes of JSON each, which become a text of 53 bytes and a number, 42 for a byte in all."""

FIXED_BYTES = 512 * 1024
"""What any reading takes: regular expressions, the window of the inflater, the error that is raised."""


def read(data: bytes) -> bool:
    """Read one input; True if it is received. Raises AssertionError where something came through that may not."""
    name, body = _parts(data)
    try:
        received = receive(name, body)
    except RejectedUpload as rejected:
        assert rejected.reasons
        for reason in rejected.reasons:
            assert reason.code and reason.sentence.isprintable() and len(reason.sentence) <= SENTENCE_CHARACTERS
            reason.sentence.encode("utf-8")
        return False
    files = received.upload.files
    assert received.data == body and 1 <= len(files) <= MAX_FILES
    assert len({file.name for file in files}) == len(files)
    assert sum(len(file.text) for file in files) <= MAX_UNPACKED_BYTES
    for file in files:
        assert file.name.lower().endswith(".py") and not file.name.startswith("/") and ".." not in file.name.split("/")
        assert not any(map(is_unshowable, file.name)) and not looks_like_another(file.name)
        assert "\0" not in file.text and "\r" not in file.text
        file.text.encode("utf-8")
    for note in received.notes:
        json.dumps(dict(note.evidence)).encode("utf-8")
    return True


def prefixed(name: str, body: bytes) -> bytes:
    """The input for a file with one of NAMES."""
    return bytes((NAMES.index(name),)) + body


def peak_bytes(data: bytes) -> int:
    """What reading may take: for the upload itself, and for what an archive may unpack to, as bytes and as text."""
    name, body = _parts(data)
    unpacked = 4 * MAX_UNPACKED_BYTES if name.endswith(".zip") else 0
    return FIXED_BYTES + BYTES_PER_BYTE * min(len(body), MAX_UPLOAD_BYTES) + unpacked


def seeds() -> tuple[bytes, ...]:
    """Uploads that are received, one of each form that the intake knows."""
    source = "# -*- coding: latin-1 -*-\ndef relu(x):\n    return x * (x > 0)  # gr\xf6\xdfer\n"
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        {"cell_type": "code", "source": ["import numpy as np\n", "!pip install x\n", "%matplotlib inline\n"]},
        {"cell_type": "code", "source": "%%bash\nls\n"},
        {"cell_type": "code", "source": "def relu(x):\n    %time x\n    return x\nrelu?\n"},
    ]
    writing = [
        {"cell_type": "code", "source": "%%writefile ./net/layers.py\ndef relu(x):\n    return x * (x > 0)\n"},
        {"cell_type": "code", "source": "%%file -a 'net/layers.py'\nx = 1"},
        {"cell_type": "code", "source": "from net.layers import relu\n"},
    ]
    metadata = {"kernelspec": {"language": "python"}, "language_info": {"name": "python"}}
    older = {"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}], "nbformat": 3}
    return (
        prefixed("work.py", source.encode("latin-1")),
        prefixed("work.py", b"\xef\xbb\xbfx = 1\r\ny = 2\r"),
        prefixed("work.ipynb", json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}).encode()),
        prefixed("work.ipynb", json.dumps({"cells": writing, "nbformat": 4}).encode()),
        prefixed("work.ipynb", json.dumps(older).encode()),
        prefixed("work.zip", _packed({"hw/numpy_nn.py": b"x = 1\n" * 40, "hw/data.csv": b"1,2\n"})),
        prefixed("work.zip", _packed({"net/__init__.py": b"", "net/main.py": b"x = 1\n"}, zipfile.ZIP_STORED)),
    )


def _parts(data: bytes) -> tuple[str, bytes]:
    return NAMES[(data[0] if data else 0) % len(NAMES)], data[1:]


def _packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


UPLOADS = Target(
    "uploads",
    read,
    peak_bytes,
    seeds,
    words=(
        *(b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"\xff\xff\xff\xff", b"\x01\x00"),
        *(b".py", b"../", b"__MACOSX/", b"__init__.py", b"numpy_nn.py", b"\xe2\x80\xae", b"\xef\xbb\xbf"),
        *(b'"cells"', b'"worksheets"', b'"cell_type"', b'"code"', b'"source"', b'"input"', b'"metadata"'),
        *(b'"kernelspec"', b'"language"', b'"language_info"', b'"name"', b'"nbformat"', b'"\\ud800"', b'"\\u0000"'),
        *(b"# coding: ", b"latin-1", b"cp1252", b"utf-7", b"%%bash", b"!ls \\\\\n", b"%time", b"np?", b"\r\n"),
        *(b"%%writefile ", b"%%file ", b"-a ", b"--append ", b"./", b"/content/", b"work.py"),
    ),
)
