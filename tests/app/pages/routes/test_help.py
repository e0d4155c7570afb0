"""Help is there for everybody, whole, and an unknown code leads to the list."""

from typing import Any

from markupsafe import escape

from app.pages.help import SHOWN_CHARACTERS, coloured
from grader.help.shelf import FAMILIES, pages


def test_every_page_is_shown_whole_and_without_a_login(site: Any) -> None:
    for code, page in pages().items():
        answer = site.client.get(page.path)

        assert answer.status_code == 200, code
        assert f'<code>{code}</code><span class="muted">{FAMILIES[page.family]}</span>' in answer.text
        assert str(coloured(page.wrong)) in answer.text, code
        assert str(coloured(page.right)) in answer.text, code
        assert all(f"<p>{escape(line)}</p>" in answer.text for line in page.formula), code
        assert answer.text.count("<li><span>") == len(page.steps), code
        assert f'<a href="{page.path}" aria-current="page"' in answer.text, code
        assert ("Letters</h2>" in answer.text) == bool(page.formula), code


def test_the_index_lists_every_code_with_its_meaning(site: Any) -> None:
    answer = site.client.get("/help")

    assert answer.status_code == 200
    for page in pages().values():
        assert f'<a href="{page.path}"><code>{page.code}</code></a><span>' in answer.text
    for title in FAMILIES.values():
        assert f">{title}</h2>" in answer.text


def test_an_unknown_code_is_a_404_that_leads_on(site: Any) -> None:
    answer = site.client.get("/help/total_not_meen")

    assert answer.status_code == 404
    assert "There is no page of help for <code>total_not_meen</code>." in answer.text
    assert '<a href="/help/TOTAL_NOT_MEAN">' in answer.text
    assert '<a class="btn" href="/help">All codes</a>' in answer.text


def test_an_address_somebody_made_up_is_text_and_cut(site: Any) -> None:
    answer = site.client.get("/help/<script>" + "x" * 500)

    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert "&lt;script&gt;xxx" in answer.text
    assert "x" * (SHOWN_CHARACTERS + 1) not in answer.text


def test_who_is_signed_in_stays_so(site: Any) -> None:
    assert "Sign out" not in site.client.get("/help/SIGN").text
    site.login("student")

    assert "Sign out" in site.client.get("/help/SIGN").text


def test_nothing_of_it_is_in_the_description_of_the_api(site: Any) -> None:
    assert not [path for path in site.client.get("/api/v1/openapi.json").json()["paths"] if "help" in path]
