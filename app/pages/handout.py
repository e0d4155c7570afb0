"""Handouts: Markdown without raw HTML as part of a page, whose own h1 stands for the handout's title."""

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@cache
def handout(text: str) -> Markup:
    """The handout as HTML. Raw HTML in it is shown as text; wide tables and code scroll inside a focusable region."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    if tokens and tokens[0].tag == "h1":
        tokens = tokens[3:]  # opening, text, closing
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
        elif token.type == "th_open":
            token.attrSet("scope", "col")
        if "style" in token.attrs:  # column alignment comes as an inline style, which our policy forbids
            token.attrs["class"] = "n" if "right" in str(token.attrs.pop("style")) else ""
    html = markdown.renderer.render(tokens, markdown.options, {})
    html = _numbered(html, "<table>", '<div class="scroll" tabindex="0" role="region" aria-label="Table {}"><table>')
    html = html.replace("</table>", "</table></div>")
    html = _numbered(html, "<pre>", '<pre class="sig" tabindex="0" role="region" aria-label="Code {}">')
    return Markup(html)  # noqa: S704  # the renderer escapes text, and html=False escapes raw HTML


def _numbered(html: str, tag: str, opening: str) -> str:
    """Every `tag` as `opening` with its number from 1: regions of a page need names of their own."""
    first, *rest = html.split(tag)
    return first + "".join(opening.format(number) + piece for number, piece in enumerate(rest, 1))
