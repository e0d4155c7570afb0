"""Every page in a language that nobody speaks: whatever still reads as English was not said by its catalogue."""

import re
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from reference.catalog import Catalog
from tests.browser.page_table import Look, looks
from tests.browser.walk import NAMES, Walk, walking
from tests.texts.page_words import WORD, unsaid
from tests.texts.pseudo_language import TAG, put, wide

SAME_EVERYWHERE = frozenset("Chainrule NumPy SHA NaN Canvas Moodle Brightspace Blackboard ReLU Tanh".split())
PEOPLE = (*NAMES, "Ines Tructor", "Otto Perator", "Asta Nt", "Tom Teacher")
TOLD = (
    "Neural networks by hand",
    "Neural network with NumPy",
    "Derivatives of layers",
    "Layers and experiments",
    "Activations and hidden units",
    "hidden units",
    "Deep learning",
    "Homework 2",
    "a training loop, two plots",
    "it used too much",
    "ValueError",
    ": bad",
    "softmx",
    "I showed two parts at the board. Were both counted?",
    "Shown at the board",
    "Look at page 12 of the notes, then at your",
    "Ill since Monday",
    "Ada Novak, ada@example.org, student",
    "(none)",
    ": container",
    "Toronto",
    "digits",
    "lr 0.1",
    "hidden 64",
    "gamma 0.9",
    "epochs 30",
    "epochs 200",
)
"""What staff, students and assignment folders wrote, and what a report keeps of a sandbox: nobody translates it."""
PARTS = frozenset("passed wrong raised forbidden crashed missing skipped".split())
"""Names of parts in a sample, and a level, where they stand alone: as words of ours they would be translated."""
CODE = re.compile(r"\S*[_.@/=<>(){}\[\]]\S*|\b[A-Z]{3,}\b|\bd[A-Z]\b|\w+ \d+(?= ｏｆ)")
"""Names in code, of files, addresses and codes, and parts with their points: the same in every language."""
LOOKS = tuple(look for look in looks() if not look.route.startswith("/help"))  # documents, translated whole


def english(page: str) -> list[str]:
    """The texts of a page that say something in English that was not given to it."""
    known = SAME_EVERYWHERE | {word for text in PEOPLE for word in WORD.findall(text)} | functions()
    found = []
    titles = tuple(folder.assignment.title for folder in Catalog.builtin().usable())
    for text in unsaid(page, known):
        left = text if text not in PARTS else ""
        for told in (*titles, *TOLD):
            left = left.replace(told, " ")
        if unsaid(CODE.sub(" ", left), known):
            found.append(text)
    return found


def functions() -> frozenset[str]:
    """The names that assignment folders give."""
    folders = Catalog.builtin().usable()
    parts = (part.name for folder in folders for part in folder.assignment.parts)
    return frozenset((*parts, *(function.name for folder in folders for function in folder.assignment.functions)))


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
            return str(answer.read(), "utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return str(error.read(), "utf-8")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_a_page_says_nothing_but_by_the_catalogue(walk: Walk, look: Look) -> None:
    read(walk, look, "en")  # whatever is kept is kept in English now

    assert english(read(walk, look, TAG)) == []


def test_it_reads_what_is_english(walk: Walk) -> None:
    look = Look("/login", "nobody", "/login")

    assert "Sign in" in english(read(walk, look, "en"))
    assert f'lang="{TAG}"' in read(walk, look, TAG)
    assert wide("Sign in") in read(walk, look, TAG)


def test_values_tags_and_code_keep_their_letters() -> None:
    assert wide("Go to <b>{name}</b> &amp; `np.sum`") == "Ｇｏ ｔｏ <b>{name}</b> &amp; `np.sum`"
