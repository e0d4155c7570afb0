"""The texts of the templates: said in the reader's language, as HTML that is right as it stands."""

from markupsafe import Markup

from app.pages.numbers import spelled
from grader.translation import gettext, ngettext


def text(message: str, /, **values: object) -> Markup:
    """`message`, which may hold HTML, with the `values` escaped in the place of their {names}."""
    said = Markup(gettext(message))  # noqa: S704 # ours, or of a catalogue that the operator put there
    return said.format(**values) if values else said


def plural(one: str, many: str, n: int, /, **values: object) -> Markup:
    """What is said of one and of many; {n} is the count, a word up to twelve. May hold HTML; `values` are escaped."""
    return Markup(ngettext(one, many, n)).format(**{"n": spelled(n), **values})  # noqa: S704 # as above
