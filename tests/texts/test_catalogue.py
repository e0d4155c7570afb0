"""The one place of all texts: complete, and such that a translator can work with it."""

from string import Formatter

from tests.texts.extraction import TEMPLATE, catalogue, written


def test_the_catalogue_is_what_the_pages_say() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == written(), "`make texts` writes it anew"


def test_it_holds_what_templates_code_and_diagnoses_say() -> None:
    places = {place.partition("/")[0] for message in catalogue() for place, _ in message.locations}
    templates = {place for message in catalogue() for place, _ in message.locations if place.endswith(".html")}

    assert places == {"app", "grader", "submissions"}
    assert len(templates) > 50
    assert len(catalogue()) > 900


def test_every_brace_is_a_name_that_a_value_is_given_for() -> None:
    for message in catalogue():
        texts = (message.id,) if isinstance(message.id, str) else message.id
        for text in texts:
            names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
            assert all(name.isidentifier() for name in names), text
