"""Uploads that harm whoever unpacks, decodes or parses them: refused with a reason, or graded at their own cost.

Each file of the group builds one upload. What `receive` lets through is loaded in the sandbox like any other.
"""

import runpy
from collections.abc import Mapping

import pytest

from grader.sandbox import Loaded, Raised, Stopped
from submissions.errors import RejectedUpload
from submissions.uploads.intake import MAX_UPLOAD_BYTES, receive
from tests.hostile.arena import ATTACKS, LIMITS, Arena, names
from tests.hostile.outcomes import Raises, Stops, compare

Codes = set[str]
NO_PARSE = Raises("SyntaxError")

OUTCOMES: Mapping[str, Codes | Raises | Stops | int] = {
    # codes of the refusal
    "broken_utf8": {"NOT_UTF8"},
    "codec_of_python": {"NOT_UTF8"},
    "codec_path": {"NOT_UTF8"},
    "codec_rot13": {"NOT_UTF8"},
    "codec_utf7": {"NOT_UTF8"},
    "long_name": {"BAD_NAME"},
    "machine_program": {"BINARY"},
    "name_backwards": {"BAD_NAME"},
    "name_with_nul": {"BAD_NAME"},
    "name_with_path": {"BAD_NAME"},
    "notebook_bomb": {"NOT_A_NOTEBOOK"},
    "notebook_digits": {"NOT_A_NOTEBOOK"},
    "notebook_surrogate": {"SURROGATE"},
    "notebook_wrong_types": {"BINARY"},
    "nothing_in_it": {"EMPTY"},
    "nul_bytes": {"BINARY"},
    "too_large": {"TOO_LARGE"},
    "zip_absolute": {"ZIP_UNSAFE_NAME"},
    "zip_backslash": {"ZIP_UNSAFE_NAME"},
    "zip_bomb": {"ZIP_TOO_LARGE"},
    "zip_control": {"ZIP_UNSAFE_NAME"},
    "zip_cut": {"BAD_ZIP"},
    "zip_device": {"ZIP_LINK"},
    "zip_direction": {"ZIP_UNSAFE_NAME"},
    "zip_invisible": {"ZIP_UNSAFE_NAME"},
    "zip_link": {"ZIP_LINK"},
    "zip_lying_size": {"BAD_ZIP"},
    "zip_many_bombs": {"ZIP_TOO_MANY"},
    "zip_nested": {"ZIP_NESTED"},
    "zip_overlapping": {"ZIP_TOO_LARGE"},
    "zip_slip": {"ZIP_UNSAFE_NAME"},
    "zip_thousands": {"ZIP_TOO_MANY"},
    "zip_twice": {"ZIP_DUPLICATE"},
    # let through, and what loading them gives: an error, an ending, or this many definitions
    "additions": NO_PARSE,
    "brackets": NO_PARSE,
    "digits": NO_PARSE,
    "indented": NO_PARSE,
    "long_names": 1,
    "many_functions": 1000,
    "notebook_shell": 0,
    "operators": NO_PARSE,
    "python_2": NO_PARSE,
}


def test_every_attack_has_an_outcome() -> None:
    assert names("upload_format") == set(OUTCOMES)


@pytest.mark.parametrize("attack", OUTCOMES)
def test_attack(attack: str, arena: Arena) -> None:
    filename, data = runpy.run_path(str(ATTACKS / "upload_format" / f"{attack}.py"))["upload"]()
    expected = OUTCOMES[attack]
    if isinstance(expected, set):
        with pytest.raises(RejectedUpload) as rejected:
            receive(filename, data)
        assert {reason.code for reason in rejected.value.reasons} == expected
        assert all(reason.sentence.isprintable() for reason in rejected.value.reasons)
        assert len(rejected.value.sentence) < 1000
    else:
        assert len(data) <= MAX_UPLOAD_BYTES
        with arena.sandbox.open(receive(filename, data).upload, LIMITS) as session:
            loaded = session.loaded
        if isinstance(expected, int):
            assert isinstance(loaded, Loaded)
            assert len(loaded.definitions) == expected
        else:
            assert isinstance(loaded, (Raised, Stopped))
            compare(expected, loaded, arena.sandbox.level)
    arena.assert_untouched()
