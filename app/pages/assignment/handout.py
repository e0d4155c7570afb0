"""Handouts: Markdown without raw HTML as part of a page, whose own h1 stands for the handout's title."""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from grader.translation import gettext as _

NUMBER = re.compile(r"[-+−]?\d[\d.,]*(?:e[-+]?\d+)?(?: ?%)?")


def handout(text: str) -> Markup:
    """The handout as HTML. Raw HTML in it is shown as text; wide tables and code scroll inside a focusable region."""
    return _rendered(text, _("Table {n}"), _("Code {n}"))


@cache
def _rendered(text: str, table: str, code: str) -> Markup:
    """table, code: what such a region with the number n is called in the reader's language."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]  # opening, text, closing
    numbers = _numbers(tokens)
    for place, token in enumerate(tokens):
        if token.tag == "h1":
            token.tag = "h2"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        if "style" in token.attrs:  # column alignment comes as an inline style, which our policy forbids
            token.attrs["class"] = "n" if "right" in str(token.attrs.pop("style")) else ""
        if place in numbers:
            token.attrs["class"] = "n"
    html = markdown.renderer.render(tokens, markdown.options, {})
    region = 'tabindex="0" role="region" aria-label'
    html = _numbered(html, "<table>", f'<div class="scroll" {region}="{escape(table)}"><table>')
    html = html.replace("</table>", "</table></div>")
    html = _numbered(html, "<pre>", f'<pre class="sig" {region}="{escape(code)}">')
    return Markup(html)  # noqa: S704  # the renderer escapes text, and html=False escapes raw HTML


def _numbered(html: str, tag: str, opening: str) -> str:
    """Every `tag` as `opening` with its number from 1: regions of a page need names of their own."""
    first, *rest = html.split(tag)
    return first + "".join(opening.format(n=number) + piece for number, piece in enumerate(rest, 1))


def _numbers(tokens: Sequence[Token]) -> frozenset[int]:
    """Where the cells of columns begin that hold nothing but numbers below their head: these stand at the right.

    The first column names the rows, be it by numbers.
    """
    found: list[int] = []
    columns: list[list[int]] = []
    for place, token in enumerate(tokens):
        if token.type == "table_open":
            columns = []
        elif token.type == "tr_open":
            column = 0
        elif token.type in ("th_open", "td_open"):
            columns += [[] for _ in range(column + 1 - len(columns))]
            columns[column].append(place)
            column += 1
        elif token.type == "table_close":
            found += [one for cells in columns[1:] if _all_numbers(tokens, cells[1:]) for one in cells]
    return frozenset(found)


def _all_numbers(tokens: Sequence[Token], cells: Sequence[int]) -> bool:
    texts = [tokens[place + 1].content.strip("*` ") for place in cells]
    return any(texts) and all(NUMBER.fullmatch(text) for text in texts if text)
