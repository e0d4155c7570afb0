"""The pictures of docs/screenshots: the README shows each of them with words for it, and together they stay small."""

import re

import pytest

from tests.browser.screenshots import EVERYWHERE, FOLDER, MOST_BYTES, SHOTS
from tests.test_readme import README

PICTURE = re.compile(
    r"(?:!\[(?P<words>[^\]]*)\]\(|<img alt=\"(?P<alt>[^\"]*)\"[^>]* src=\")docs/screenshots/(?P<name>[\w-]+)"
)
LIGHT_OF_ITS_DARK = re.compile(r"<source [^>]*srcset=\"docs/screenshots/([\w-]+)")
PICTURES = sorted(path.stem for path in FOLDER.glob("*.png"))


@pytest.mark.parametrize("name", PICTURES)
def test_the_readme_shows_it_with_words_for_it(name: str) -> None:
    words = {found["name"]: found["words"] or found["alt"] for found in PICTURE.finditer(README)}
    assert len(words.get(name, "")) > 10 or name in LIGHT_OF_ITS_DARK.findall(README)


def test_every_picture_is_there_and_no_other() -> None:
    ways = {shot.name: EVERYWHERE if shot.everywhere else EVERYWHERE[:2] for shot in SHOTS}
    assert sorted(f"{name}-{kind}-{theme}" for name, all in ways.items() for theme, kind in all) == PICTURES


def test_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) <= MOST_BYTES
