"""README.md stays true: its commands, settings, paths and links exist, and none is left out."""

import re
from pathlib import Path

import pytest

from app.cli import COMMANDS
from app.settings_table import settings_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_command_table_is_complete() -> None:
    named = set(re.findall(r"^\| `chainrule ([a-z-]+)", README, flags=re.MULTILINE))

    assert named == set(COMMANDS)


def test_the_settings_table_is_the_code_s() -> None:
    assert settings_table() in README


@pytest.mark.parametrize("file", ["README.md", "CHANGELOG.md", "DECISIONS.md", "docs/MEASURED.md"])
def test_every_link_into_the_repository_leads_somewhere(file: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / file).read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (ROOT / file).parent.joinpath(link).exists()] == []


PROSE = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in (
        "README.md",
        "DECISIONS.md",
        "docs/MEASURED.md",
        *(f"{folder}/**/README.md" for folder in ("app", "grader", "reference", "submissions", "tests")),
    )
    for path in ROOT.glob(pattern)
)


@pytest.mark.parametrize("folder", ["grader", "reference"])
def test_every_file_of_a_folder_is_told_of(folder: str) -> None:
    home = ROOT / folder
    said = (home / "README.md").read_text(encoding="utf-8")
    files = [path.name for path in home.glob("*.py") if not path.name.startswith("__")]

    assert [name for name in files if f"{name}`" not in said] == []


@pytest.mark.parametrize("file", PROSE)
def test_every_path_named_exists(file: str) -> None:
    said = (ROOT / file).read_text(encoding="utf-8")
    named = re.findall(r"`((?:app|grader|reference|submissions|tests)/[a-z0-9_./-]*)`", said)

    assert named or file not in ("README.md", "DECISIONS.md")
    gone = [path for path in named if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()]
    assert gone == []


def test_every_function_named_exists() -> None:
    """Names such as grader.grade.grade are a module and something that module defines."""
    named = re.findall(r"`((?:app|grader|reference|submissions)(?:\.[a-z_]+)+)`", README)
    gone = []
    for dotted in named:
        parts = dotted.split(".")
        whole, home = ROOT.joinpath(*parts), ROOT.joinpath(*parts[:-1]).with_suffix(".py")
        is_module = whole.with_suffix(".py").exists() or whole.is_dir()
        if not is_module and not (home.exists() and f"def {parts[-1]}(" in home.read_text(encoding="utf-8")):
            gone.append(dotted)

    assert named
    assert gone == []


def test_every_make_command_named_exists() -> None:
    measured = (ROOT / "docs" / "MEASURED.md").read_text(encoding="utf-8")
    named = {word for line in re.findall(r"make ([a-z-]+)", README + measured) for word in line.split()}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert {"serve", "test"} <= named
    assert named <= targets
