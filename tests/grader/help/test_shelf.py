"""Codes and pages match one to one, every part keeps to its form, and what stands there is fit to print."""

import ast
import re
import shutil
from pathlib import Path

import pytest

import grader.help
from grader.errors import MalformedHelp
from grader.help.page import HelpPage
from grader.help.shelf import FAMILIES, families, help_path, nearest, pages, read_folder
from grader.phrases import SENTENCES

FOLDER = Path(grader.help.__file__ or "").parent
TITLE_CHARACTERS = 90
MEANING_WORDS = 90
SENTENCES_OF_MEANING = range(2, 6)
LINE_CHARACTERS = 90
FORMULA_CHARACTERS = 110
STEP_CHARACTERS = 140
NO_FORMULA = {"running", "results"}
MACHINE_PATH = re.compile(r"(?<![\w.)\]])/[A-Za-z_]|\b[A-Z]:\\")  # a slash that divides has something before it
NOT_OUR_VOICE = re.compile(r"!(?!=)|\b(?:oops|unfortunately|simply|obviously|just|please)\b", re.IGNORECASE)


def test_codes_and_pages_match_one_to_one() -> None:
    assert set(pages()) == set(SENTENCES)
    assert list(pages()) == list(SENTENCES)


def test_every_page_is_in_one_family() -> None:
    listed = [page.code for together in families().values() for page in together]

    assert sorted(listed) == sorted(pages())
    assert list(families()) == list(FAMILIES.values())
    assert {path.name for path in FOLDER.iterdir() if path.is_dir()} - {"__pycache__"} == set(FAMILIES)


def test_no_two_pages_have_the_same_title() -> None:
    titles = [page.title for page in pages().values()]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_a_page_keeps_to_its_form(page: HelpPage) -> None:
    assert len(page.title) <= TITLE_CHARACTERS
    assert page.title[0].isupper() or page.title[0] in "1t"
    assert page.title[-1] not in ".:"
    assert len(page.meaning.split()) <= MEANING_WORDS
    assert len(re.findall(r"[.](?:\s|$)", page.meaning)) in SENTENCES_OF_MEANING
    assert page.meaning[-1] == "."
    assert bool(page.formula) == (page.family not in NO_FORMULA)
    assert all(len(line) <= FORMULA_CHARACTERS for line in page.formula)
    assert 1 <= len(page.steps) <= 3
    for step in page.steps:
        assert len(step) <= STEP_CHARACTERS
        assert step[-1] in ".?"
    for text in (page.meaning, *page.steps):
        assert text.count("`") % 2 == 0


@pytest.mark.parametrize("page", pages().values(), ids=pages())
def test_both_lines_are_python_and_differ(page: HelpPage) -> None:
    assert page.wrong != page.right
    assert len(page.wrong) <= LINE_CHARACTERS
    assert len(page.right) <= LINE_CHARACTERS
    ast.parse(page.right)
    if page.code == "NOT_LOADED":  # the mistake that Python itself finds
        with pytest.raises(SyntaxError):
            ast.parse(page.wrong)
    else:
        ast.parse(page.wrong)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.md")), ids=lambda file: file.stem)
def test_a_page_names_no_machine_and_speaks_calmly(file: Path) -> None:
    text = file.read_text(encoding="utf-8")

    assert not MACHINE_PATH.search(text)
    assert not NOT_OUR_VOICE.search(text)
    assert all(len(line) <= 120 for line in text.splitlines())


def test_machine_paths_and_loud_words_would_be_seen() -> None:
    assert MACHINE_PATH.search("in /data/x")
    assert MACHINE_PATH.search("`/home/ada`")
    assert not MACHINE_PATH.search("dL/dz, 1/N and [n]/dev")
    assert NOT_OUR_VOICE.search("Oops!")
    assert not NOT_OUR_VOICE.search("a != b, adjust")


def test_a_page_in_no_family_or_on_two_shelves_is_refused(tmp_path: Path) -> None:
    source = FOLDER / "scale" / "SIGN.md"
    for family in ("scale", "loss"):
        (tmp_path / family).mkdir()
    shutil.copy(source, tmp_path / "scale")
    assert list(read_folder(tmp_path)) == ["SIGN"]

    shutil.copy(source, tmp_path / "loss")
    with pytest.raises(MalformedHelp, match="SIGN stands in scale"):
        read_folder(tmp_path)

    (tmp_path / "loss").rename(tmp_path / "elsewhere")
    with pytest.raises(MalformedHelp, match="SIGN stands in elsewhere"):
        read_folder(tmp_path)


def test_a_code_leads_to_its_page_and_an_unknown_one_nowhere() -> None:
    assert help_path("SIGN") == "/help/SIGN"
    assert help_path("A_CODE_OF_LATER") is None


def test_a_misspelt_code_has_a_nearest_one() -> None:
    page = nearest("total_not_meen")

    assert page is not None
    assert page.code == "TOTAL_NOT_MEAN"
    assert nearest("xyzzy" * 9) is None
