"""Untrusted text made visible."""

import pytest

from app.pages.printable import capped, printable


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain, ümlaut, 日本\n\ttab", "plain, ümlaut, 日本\n\ttab"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\x00b", "a␀b"),
        ("line\r\nnext\rover", "line\nnext␍over"),
        ("\u202eevil", "⟨202E⟩evil"),
        ("zero\u200bwidth", "zero⟨200B⟩width"),
        ("\x7f\x9b", "⟨007F⟩⟨009B⟩"),
        ("\ud800", "⟨D800⟩"),
        ("non\u00a0breaking", "non breaking"),
    ],
)
def test_what_cannot_be_seen_is_shown(raw: str, shown: str) -> None:
    assert printable(raw) == shown


def test_everything_shown_can_be_encoded() -> None:
    printable("".join(map(chr, range(0x3000))) + "\udfff").encode("utf-8")


def test_cap_says_how_much_is_missing() -> None:
    assert capped("abcdef", 4) == ("abcd", 2)
    assert capped("abc", 4) == ("abc", 0)
