"""The words that a person reads on a page of HTML, or hears from it: text, and the attributes that are said."""

import re
from html.parser import HTMLParser

SAID = {"aria-label", "alt", "placeholder", "title", "content", "label"}
SILENT = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "math"}
"""Elements that hold code, formulas, or what a browser does not show."""
DOCUMENTS = {"mono", "prose", "says", "steps", "formula", "letters", "family", "diff"}
"""Classes of code, of the handout and of what the pages of help are made of: documents, translated whole."""
EMPTY = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WORD = re.compile(r"[A-Za-z]{2,}")


class _Reader(HTMLParser):
    def __init__(self, leave_out: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._leave_out = leave_out
        self._silent = 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        known = {name: value or "" for name, value in attrs}
        if tag not in EMPTY:
            silent = (
                tag in SILENT or known.get("translate") == "no" or bool(DOCUMENTS & set(known.get("class", "").split()))
            )
            self._open.append(silent)
            self._silent += silent
        for name, value in known.items():
            said = name in SAID or name.startswith("data-say")
            if said and not (name == "content" and known.get("name") != "description"):
                self._hear(value)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if tag not in EMPTY and self._open:
            self._silent -= self._open.pop()

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        if not self._silent:
            self._hear(data)

    def _hear(self, text: str) -> None:
        words = [word for word in WORD.findall(text) if word not in self._leave_out]
        if words:
            self.found.append(" ".join(text.split()))


def unsaid(page: str, leave_out: frozenset[str] = frozenset()) -> list[str]:
    """The texts of a page that hold English words other than those to `leave_out`, in order, each once."""
    reader = _Reader(leave_out)
    reader.feed(page)
    reader.close()
    return list(dict.fromkeys(reader.found))
