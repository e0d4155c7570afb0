"""os.devnull can be written to, and no other file."""

import io
import os
from pathlib import Path

import pytest

from grader.sandbox import Call, Raised, Returned
from grader.sandbox.inside.nowhere import opened
from tests.grader.sandbox.conftest import OpenFiles

SOURCE = """
import os
from contextlib import redirect_stdout
def silent():
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere):
        print("nobody sees this")
    return 1
def other(name):
    open(name, "w")
def reads():
    with open(os.devnull) as nothing:
        return nothing.read()
"""


def test_prints_into_it_are_silenced(submit: OpenFiles) -> None:
    with submit(SOURCE) as session:
        (reply,) = session.run([Call("silent")])
        printed = session.printed

    assert isinstance(reply, Returned)
    assert printed == ""


def test_no_other_file_is_written(submit: OpenFiles) -> None:
    with submit(SOURCE) as session:
        replies = session.run([Call("other", ("weights.txt",)), Call("other", ("/tmp/weights.txt",))])

    assert all(isinstance(reply, Raised) for reply in replies)


def test_both_kinds_take_what_is_written() -> None:
    with opened(os.devnull, "w") as text, opened(os.devnull, "wb") as data:
        assert text.write("abc") == 3
        assert data.write(b"abcd") == 4
        assert not text.readable()
        with pytest.raises(io.UnsupportedOperation):
            text.read()


@pytest.mark.parametrize("mode", ["r", "rb"])
def test_reading_is_python_s_own(mode: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"a")
    with opened(str(tmp_path / "file"), mode) as file:
        assert len(file.read()) == 1
    with opened(os.devnull, mode) as nothing:
        assert not nothing.read()
