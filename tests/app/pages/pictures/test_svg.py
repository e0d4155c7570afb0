"""SVG writing: escaping, attribute names, coordinates."""

from xml.etree import ElementTree

from app.pages.pictures.svg import element, number, text


def test_text_and_attributes_are_escaped() -> None:
    written = element("text", "<b>&", class_='"x')
    assert ElementTree.fromstring(written).text == "<b>&"
    assert ElementTree.fromstring(written).get("class") == '"x'


def test_markup_children_are_kept_as_they_are() -> None:
    assert element("g", text(1, 2, "<")) == '<g><text x="1" y="2">&lt;</text></g>'


def test_none_leaves_an_attribute_out_and_underscores_become_hyphens() -> None:
    assert (
        element("svg", aria_label="a", viewBox="0 0 1 1", fill=None) == '<svg aria-label="a" viewBox="0 0 1 1"></svg>'
    )


def test_numbers_have_two_decimals_at_most() -> None:
    assert [number(value) for value in (0.0, 1.0, 1.005, 33.3333)] == ["0", "1", "1", "33.33"]
