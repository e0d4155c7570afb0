"""The languages that pages are said in: English, and those whose catalogue the operator has put in a folder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import SettingsInvalid
from grader.translation import spoken

ENGLISH = "en"
TAG = re.compile(r"<[^<>]*>")
CATALOGUE = Path("LC_MESSAGES", "chainrule.mo")
"""Where gettext keeps the catalogue of a language, in the folder named by its tag."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The catalogue of each language by its tag in lower case; English needs none."""

    catalogues: Mapping[str, NullTranslations] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path | None) -> "Languages":
        """Those in `folder`, such as de/LC_MESSAGES/chainrule.mo. Raises SettingsInvalid for a wrong one."""
        if folder is None:
            return cls()
        found = {path.parent.parent.name: path for path in sorted(folder.glob(f"*/{CATALOGUE}"))}
        if not found:
            raise SettingsInvalid(
                (f"CHAINRULE_TRANSLATIONS: there is no {Path('de', CATALOGUE)} or the like in {folder}.",)
            )
        return cls({tag.replace("_", "-").lower(): _read(path) for tag, path in found.items()})

    def chosen(self, accepted: str) -> str:
        """The tag that a browser likes best, from its Accept-Language; "pt-BR" is also served by "pt"."""
        if not self.catalogues:
            return ENGLISH
        for tag in _by_preference(accepted):
            for known in (tag, tag.partition("-")[0]):
                if known in self.catalogues or known == ENGLISH:
                    return known
        return ENGLISH


class SpokenLanguage:
    """Lets each request be answered in its language, whose tag is then the state's `language`."""

    def __init__(self, app: ASGIApp, languages: Languages) -> None:
        self._app = app
        self._languages = languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or not self._languages.catalogues:
            await self._app(scope, receive, send)
            return
        tag = self._languages.chosen(Headers(scope=scope).get("accept-language", ""))
        scope.setdefault("state", {})["language"] = tag

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).add_vary_header("Accept-Language")
            await send(message)

        with spoken(self._languages.catalogues.get(tag)):
            await self._app(scope, receive, telling)


def _by_preference(accepted: str) -> list[str]:
    """The tags of an Accept-Language (RFC 9110, section 12.5.4), the most wanted first; nonsense is left out."""
    weighed = []
    for entry in accepted.lower().replace(" ", "").split(","):
        tag, _, weight = entry.partition(";q=")
        try:
            weighed.append((float(weight or 1), tag))
        except ValueError:
            continue
    return [tag for weight, tag in sorted(weighed, key=lambda wish: -wish[0]) if weight > 0]


def _read(path: Path) -> NullTranslations:
    """The catalogue of a file. Raises SettingsInvalid where it is none, or names what its English text does not."""
    try:
        with path.open("rb") as file:
            catalogue = _Catalogue(file)
    except (OSError, ValueError) as error:
        raise SettingsInvalid((f"CHAINRULE_TRANSLATIONS: {path} is not a catalogue of gettext: {error}",)) from error
    wrong = catalogue.wrong()
    if wrong:
        raise SettingsInvalid(
            tuple(f"CHAINRULE_TRANSLATIONS: {path} says {said!r} for {text!r}" for text, said in wrong)
        )
    return catalogue


class _Catalogue(GNUTranslations):
    """A catalogue that can say which of its texts would fail, or spoil a page, where they are said."""

    def wrong(self) -> list[tuple[str, str]]:
        """Texts with {names} or HTML that the English they stand for does not have, with that English."""
        entries: Mapping[str | tuple[str, int], str] = self._catalog  # type: ignore[attr-defined] # typeshed leaves it out
        pairs = ((key if isinstance(key, str) else key[0], said) for key, said in entries.items())
        return [(text, said) for text, said in pairs if text and not (_names(said) | _html(said)) <= _known(text)]


def _known(text: str) -> frozenset[str]:
    """What a translation of `text` may hold; of one and many, the one may lack the count."""
    return _names(text) | _html(text) | {"n"}


def _html(text: str) -> frozenset[str]:
    """The tags in a text, and the signs outside of them that mean something to HTML."""
    return frozenset(TAG.findall(text)) | frozenset('<>"') & frozenset(TAG.sub("", text))


def _names(text: str) -> frozenset[str]:
    """The {names} in a text; one that cannot be read has a name that no text has."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset({"unbalanced braces"})
