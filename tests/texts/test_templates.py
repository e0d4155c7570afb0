"""Every text of a template is marked: none stands beside the expressions, and none in them without its mark."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.texts.extraction import ROOT
from tests.texts.page_words import unsaid

TEMPLATES = tuple(sorted((ROOT / "app" / "pages" / "templates").glob("*.html")))
SAME_EVERYWHERE = frozenset({"Chainrule", "HTTP", "SHA", "https", "py", "ipynb", "zip"})
EXAMPLE = "Ada Novak, ada@example.org, student"  # of lines that are read as they stand
ATTRIBUTES = re.compile(r'(\s*[\w-]+="[^"]*")+')  # of a tag that another template opens
WORDS = re.compile(r"[A-Za-z]+ [A-Za-z]|[A-Z][a-z]+")
MARKS = {"_", "ngettext"}


def bare(source: str) -> list[str]:
    """The texts of a template that stand in it as they are."""
    kept = (value if kind == "data" else " " for _, kind, value in Environment(autoescape=True).lex(source))
    found = unsaid("".join(kept), SAME_EVERYWHERE)
    return [text for text in found if text != EXAMPLE and not ATTRIBUTES.fullmatch(text)]


def unmarked(source: str) -> list[str]:
    """The texts in the expressions of a template that are written out and have no mark."""
    return list(_constants(Environment(autoescape=True).parse(source)))


def _constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKS:
        for given in (*node.args, *(pair.value for pair in node.kwargs)):
            if not isinstance(given, nodes.Const):
                yield from _constants(given)
        return
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "icon":
        return  # names of pictures and of classes
    if isinstance(node, nodes.Compare | nodes.Getitem | nodes.Dict):
        return  # compared with, or looked up by: no text
    if isinstance(node, nodes.Filter) and isinstance(node.node, nodes.Const) and not node.args:
        yield f"{node.node.value}|{node.name}"  # worked out when the template is compiled, in that reader's language
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node.value
    for child in node.iter_child_nodes():
        yield from _constants(child)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_text_is_without_its_mark(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert bare(source) + unmarked(source) == []


def test_it_sees_texts_without_a_mark() -> None:
    planted = (
        """<p title="Two words">Left {{ _("Right <b>{n}</b>", n=other("Not seen")) }}</p>{{ "a b" if x else _("y") }}"""
    )

    assert bare(planted) == ["Two words", "Left"]
    assert unmarked(planted) == ["Not seen", "a b"]
    assert unmarked('{{ "student"|role_word }}') == ["student|role_word"]
    assert bare('<code>{{ name }} code</code><a class="big button" href="/no/words">{{ _("Go") }}</a> Chainrule') == []
    assert unmarked('{{ icon("check", "good") }}{% if x == "Some words" %}{% endif %}') == []
