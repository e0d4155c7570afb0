"""Untrusted text as it can be shown: control characters and direction overrides made visible, length capped."""

import unicodedata

PRINTED_CHARACTERS = 20_000  # of what a submission printed; the whole text is in the Report JSON
CONTROL_PICTURES = 0x2400  # U+2400 + code is the visible sign of a C0 control character


def printable(text: str) -> str:
    """`text` with nothing invisible that could fool a reader or a terminal; line ends and tabs stay.

    C0 controls become their pictures (␛), other controls, format characters (direction overrides, zero widths) and
    lone surrogates become their code point, ⟨202E⟩.
    """
    return "".join(map(_visible, text.replace("\r\n", "\n")))


def capped(text: str, limit: int) -> tuple[str, int]:
    """The first `limit` characters and how many were left out."""
    return text[:limit], max(0, len(text) - limit)


def _visible(character: str) -> str:
    if character in "\n\t" or character.isprintable():
        return character
    code = ord(character)
    if code < 0x20:
        return chr(CONTROL_PICTURES + code)
    if unicodedata.category(character) in {"Zs", "Zl", "Zp"}:
        return " "
    return f"⟨{code:04X}⟩"
