"""`chainrule explain`: the page of help of a diagnosis code, in a terminal."""

import textwrap
from collections.abc import Iterator

import click

from app.errors import BadForm
from grader.help.page import HelpPage
from grader.help.shelf import families, nearest, pages

WIDTH = 88


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a diagnosis CODE means; without one, list all codes."""
    click.echo("\n".join(_listed() if code is None else _explained(_page(code))))


def _page(code: str) -> HelpPage:
    """The page of a code in any case. Raises BadForm."""
    page = pages().get(code.upper())
    if page is None:
        alike = nearest(code)
        hint = f"; the one that comes nearest is {alike.code}" if alike else ""
        raise BadForm(f"There is no code {code}{hint}. chainrule explain lists all.")
    return page


def _explained(page: HelpPage) -> Iterator[str]:
    yield _filled(f"{page.code}: {page.title}", "")
    yield ""
    yield "What it means"
    yield _filled(page.meaning, "  ")
    if page.formula:
        yield ""
        yield from (f"    {line}" for line in page.formula)
    yield ""
    yield "In two lines"
    yield f"  wrong  {page.wrong}"
    yield f"  right  {page.right}"
    yield ""
    yield "What to look at"
    for number, step in enumerate(page.steps, 1):
        yield _filled(step, f"  {number}. ")


def _listed() -> Iterator[str]:
    width = max(map(len, pages()))
    for title, together in families().items():
        yield title
        yield from (f"  {page.code:<{width}}  {_plain(page.title)}" for page in together)


def _filled(text: str, before: str) -> str:
    """Lines of text after `before`, the later ones as far in."""
    later = " " * len(before)
    return textwrap.fill(_plain(text), WIDTH, initial_indent=before, subsequent_indent=later, break_on_hyphens=False)


def _plain(text: str) -> str:
    return text.replace("`", "")
