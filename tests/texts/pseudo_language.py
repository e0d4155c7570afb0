"""A language that nobody speaks: every English letter of a text is wide, so that what was not said by it stands out."""

import re
from pathlib import Path

from babel.messages.catalog import Catalog

from tests.texts import catalogue_file
from tests.texts.extraction import catalogue

TAG = "en-x-wide"
WIDE = {ord(letter): chr(ord(letter) + 0xFEE0) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
KEPT = re.compile(r"\{[^}]*\}|<[^>]*>|&\w+;|`[^`]*`")
"""Names of values, tags, entities and code, which a translator keeps as they are."""


def wide(text: str) -> str:
    """`text` in wide letters but for what a translator keeps."""
    done, end = "", 0
    for kept in KEPT.finditer(text):
        done += text[end : kept.start()].translate(WIDE) + kept.group()
        end = kept.end()
    return done + text[end:].translate(WIDE)


def put(folder: Path) -> Path:
    """The folder, with the language's catalogue in it as gettext wants it."""
    said = Catalog(locale="en", project="Chainrule")
    for message in catalogue():
        if message.id:
            texts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            said.add(message.id, tuple(map(wide, texts)) if len(texts) > 1 else wide(texts[0]))
    return catalogue_file.put(folder, TAG, said)
