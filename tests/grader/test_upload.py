"""The first file of an upload is the one that is graded."""

import dataclasses

import pytest

from grader.upload import SourceFile, Upload


def test_the_first_file_is_the_entry() -> None:
    upload = Upload((SourceFile("nn.py", "x = 1"), SourceFile("more.py", "")))

    assert upload.entry.name == "nn.py"


def test_an_upload_cannot_change() -> None:
    upload = Upload((SourceFile("nn.py", "x = 1"),))
    with pytest.raises(dataclasses.FrozenInstanceError):
        upload.files = ()  # type: ignore[misc]  # what is tested
