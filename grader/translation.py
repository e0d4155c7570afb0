"""Texts for people, in their language: each is written in English where it is said, marked for gettext.

What is marked is gathered in app/translations/chainrule.pot. Without a catalogue every text stays English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

_CATALOGUE: ContextVar[NullTranslations | None] = ContextVar("catalogue", default=None)
"""Of whoever is being answered: each request, and each thread that works for it, has its own."""


def gettext(message: str, /, **values: object) -> str:
    """`message` in the reader's language, with the `values` in the place of their {names}."""
    catalogue = _CATALOGUE.get()
    said = message if catalogue is None else catalogue.gettext(message)
    return said.format(**values) if values else said


def ngettext(one: str, many: str, n: int, /, **values: object) -> str:
    """`one` or `many`, or what the reader's language has for `n`, with the `values` for their {names}."""
    catalogue = _CATALOGUE.get()
    said = (one if n == 1 else many) if catalogue is None else catalogue.ngettext(one, many, n)
    return said.format(**values) if values else said


def gettext_noop(message: str) -> str:
    """`message` itself: marks a text that stands in a table and is said later, by `gettext`."""
    return message


@contextmanager
def spoken(catalogue: NullTranslations | None) -> Iterator[None]:
    """Within, texts are said as `catalogue` has them; None: in English."""
    before = _CATALOGUE.set(catalogue)
    try:
        yield
    finally:
        _CATALOGUE.reset(before)
