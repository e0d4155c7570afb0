"""`chainrule explain`: the page in a terminal, the list, and a code that is none."""

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.commands.explaining import WIDTH
from grader.help.shelf import FAMILIES, pages


def explained(*arguments: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["explain", *arguments])


@pytest.mark.parametrize("code", pages())
def test_a_page_is_printed_whole(code: str) -> None:
    page, done = pages()[code], explained(code)
    words = " ".join(done.stdout.split())

    assert done.exit_code == 0
    assert done.stdout.startswith(f"{code}: ")
    assert f"  wrong  {page.wrong}\n  right  {page.right}\n" in done.stdout
    assert page.meaning.replace("`", "") in words
    assert all(step.replace("`", "") in words for step in page.steps)
    assert all(f"    {line}\n" in done.stdout for line in page.formula)
    assert max(map(len, done.stdout.splitlines())) <= WIDTH + len("  wrong  ") + len("    ")


def test_the_case_of_a_code_does_not_matter() -> None:
    assert explained("total_not_mean").stdout == explained("TOTAL_NOT_MEAN").stdout


def test_without_a_code_all_are_listed() -> None:
    printed = explained().stdout

    assert [line for line in printed.splitlines() if not line.startswith(" ")] == list(FAMILIES.values())
    assert {line.split()[0] for line in printed.splitlines() if line.startswith(" ")} == set(pages())


def test_an_unknown_code_names_the_nearest_one() -> None:
    done = explained("TOTAL_NOT_MEEN")

    assert done.exit_code == 2
    assert "There is no code TOTAL_NOT_MEEN; the one that comes nearest is TOTAL_NOT_MEAN." in done.stderr
