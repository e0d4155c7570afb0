"""Every page in a language that nobody speaks: whatever still reads as English was not said by its catalogue."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.browser.page_table import Look, looks
from tests.browser.walk import NAMES, Walk, walking
from tests.texts.page_words import WORD, unsaid
from tests.texts.pseudo_language import TAG, put, wide

SAME_EVERYWHERE = frozenset({"Chainrule"})
DATA = frozenset(word for name in NAMES for word in WORD.findall(name))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with walking(tmp_path_factory.mktemp("data"), put(tmp_path_factory.mktemp("said"))) as walk:
        yield walk


def read(walk: Walk, look: Look, language: str) -> str:
    """The page as a browser of that language gets it."""
    request = urllib.request.Request(walk.address + walk.path(look), headers={"Accept-Language": language})
    request.add_header("Cookie", f'chainrule="{walk.cookie(look.who)}"')
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


@pytest.mark.parametrize("look", looks(), ids=lambda look: look.name)
def test_a_page_says_nothing_but_by_the_catalogue(walk: Walk, look: Look) -> None:
    assert unsaid(read(walk, look, TAG), SAME_EVERYWHERE | DATA) == []


def test_it_reads_what_is_english(walk: Walk) -> None:
    look = Look("/login", "nobody", "/login")

    assert "Sign in" in unsaid(read(walk, look, "en"))
    assert f'lang="{TAG}"' in read(walk, look, TAG)
    assert wide("Sign in") in read(walk, look, TAG)


def test_values_tags_and_code_keep_their_letters() -> None:
    assert wide("Go to <b>{name}</b> &amp; `np.sum`") == "Ｇｏ ｔｏ <b>{name}</b> &amp; `np.sum`"
