"""A language that is English in brackets: what stands outside of them was not said through the catalogue."""

from gettext import NullTranslations


class Bracketed(NullTranslations):
    """Says every text in brackets, so that a sentence within another shows too."""

    def gettext(self, message: str) -> str:
        """See gettext."""
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """See gettext."""
        return f"[{msgid1 if n == 1 else msgid2}]"
