"""A file within a form: it comes back as it was, and nothing else is taken for one."""

import pytest
from starlette.datastructures import FormData

from app.errors import BadForm, BodyTooLarge
from app.pages.assignment.kept_file import DATA_FIELD, NAME_FIELD, kept, sent_back
from app.uploads import UploadedFile

MOST = 10_000


@pytest.mark.parametrize("data", [b"", b"x = 1\r\n", bytes(range(256))])
def test_every_byte_comes_back(data: bytes) -> None:
    file = kept(UploadedFile("ä.py", data), MOST)
    assert file is not None
    assert sent_back(FormData({NAME_FIELD: file.name, DATA_FIELD: file.data}), MOST) == UploadedFile("ä.py", data)


def test_what_does_not_fit_into_a_form_is_not_kept() -> None:
    assert kept(UploadedFile("a.py", b"x" * 4_000), MOST) is not None
    assert kept(UploadedFile("a.py", b"x" * 5_000), MOST) is None


def test_a_form_without_one_has_none_and_a_broken_one_is_refused() -> None:
    assert sent_back(FormData({}), MOST) is None
    assert sent_back(FormData({DATA_FIELD: "eA=="}), MOST) is None
    for broken in ("eA=", "eA== ", "é"):
        with pytest.raises(BadForm):
            sent_back(FormData({NAME_FIELD: "a.py", DATA_FIELD: broken}), MOST)
    with pytest.raises(BodyTooLarge):
        sent_back(FormData({NAME_FIELD: "a.py", DATA_FIELD: "AAAA" * 5_000}), MOST)
