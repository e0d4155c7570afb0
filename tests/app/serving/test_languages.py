"""Which language a request is answered in, and which catalogues are refused at the start."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from app.errors import SettingsInvalid
from app.serving.languages import Languages
from grader.translation import gettext as _
from grader.translation import gettext_noop, ngettext, spoken
from tests.fakes.client import Client
from tests.texts import catalogue_file


def put(folder: Path, tag: str, **texts: str) -> Path:
    """A folder with a catalogue that says `texts`; underscores in what stands for a text are spaces."""
    made = Catalog(locale=tag, project="x")
    for text, said in texts.items():
        made.add(text.replace("_", " "), said)
    return catalogue_file.put(folder, tag, made)


def test_without_a_folder_there_is_english_alone() -> None:
    assert Languages.read(None).chosen("de, fr;q=0.5") == "en"


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),
        ("en ; q = 0.5 , de ; q = 0.8", "de"),
        ("fr, de;q=0.3, en;q=0.2", "de"),
        ("en-GB, de;q=0.9", "en"),
        ("de;q=0.2, en;q=0.9", "en"),
        ("de;q=0", "en"),
        ("DE", "de"),
        ("pt-br", "pt-br"),
        ("pt-PT", "en"),
        ("", "en"),
        ("*", "en"),
        ("de;q=x, ;;q=,", "en"),
    ],
)
def test_a_browser_is_answered_in_what_it_likes_best(tmp_path: Path, accepted: str, chosen: str) -> None:
    put(tmp_path, "de")
    put(tmp_path, "pt_BR")

    assert Languages.read(tmp_path).chosen(accepted) == chosen


def test_a_text_is_said_as_the_catalogue_has_it_and_only_within(tmp_path: Path) -> None:
    german = Languages.read(put(tmp_path, "de", **{"{n}_parts_of_{m}": "{m} hat {n}"})).catalogues["de"]

    with spoken(german):
        assert _("{n} parts of {m}", n=2, m=3) == "3 hat 2"
        assert _("unknown {to} it", to="x") == "unknown x it"
        assert ngettext("{n} part", "{n} parts", 1, n=1) == "1 part"
    assert _("{n} parts of {m}", n=2, m=3) == "2 parts of 3"
    assert ngettext("{n} part", "{n} parts", 2, n="two") == "two parts"
    assert gettext_noop("a text") == "a text"


@pytest.mark.parametrize(
    "said", ["{x} Teile", "{n Teile", "{n.__class__} Teile", "{} Teile", "<b>{n}</b> Teile", '{n} "Teile']
)
def test_a_catalogue_that_would_spoil_a_page_is_refused(tmp_path: Path, said: str) -> None:
    put(tmp_path, "de", **{"{n}_parts": said})

    with pytest.raises(
        SettingsInvalid, match=r"CHAINRULE_TRANSLATIONS: .*chainrule\.mo says '.*Teile' for '\{n\} parts'"
    ):
        Languages.read(tmp_path)


def test_a_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "de").joinpath("de", "LC_MESSAGES", "chainrule.mo").write_bytes(b"no catalogue")

    with pytest.raises(SettingsInvalid, match="is not a catalogue of gettext"):
        Languages.read(tmp_path)


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match=r"CHAINRULE_TRANSLATIONS: there is no de/LC_MESSAGES/chainrule\.mo"):
        Languages.read(tmp_path)


def test_a_page_says_which_language_it_is_in(tmp_path: Path, make_client: Callable[..., Client]) -> None:
    client = make_client(translations=put(tmp_path / "said", "de"))

    assert '<html lang="de">' in client.get("/login", headers={"Accept-Language": "de"}).text
    assert '<html lang="en">' in client.get("/login", headers={"Accept-Language": "fr"}).text


def test_caches_are_told_that_the_language_decides(tmp_path: Path, make_client: Callable[..., Client]) -> None:
    page = make_client(translations=put(tmp_path / "said", "de")).get("/login")
    english_only = make_client().get("/login")

    assert "Accept-Language" in page.headers["Vary"]
    assert "Accept-Language" not in english_only.headers.get("Vary", "")
