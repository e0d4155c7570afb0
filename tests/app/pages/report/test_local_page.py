"""The result page as one file: whole, inert, and without anything from elsewhere."""

import re
from html.parser import HTMLParser

from app.pages.report.local_page import local_page
from grader.report import Report
from grader.upload import SourceFile, Upload


def page_of(report: Report, text: str, name: str = "a.py") -> str:
    return local_page(report, Upload((SourceFile(name, text),)), "Networks")


def test_nothing_is_fetched_or_run(any_report: Report, source: str) -> None:
    page = page_of(any_report, source)

    assert "<script" not in page
    assert " style=" not in page
    assert "<link" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "url(" not in page
    assert "default-src 'none'" in page


def test_links_lead_to_places_on_the_page(any_report: Report, source: str) -> None:
    page = page_of(any_report, source)
    places = set(re.findall(r'id="([^"]+)"', page))
    for target in re.findall(r'href="#([^"]+)"', page):
        if not re.fullmatch(r"L\d+", target):  # the sample's lines are made up
            assert target in places


def test_it_shows_what_the_services_page_shows(reports: dict[str, Report], source: str) -> None:
    page = page_of(reports["sample"], source)
    for said in ("Networks", "For your report", "Activations and hidden units", "Two findings", "chainrule explain"):
        assert said in page
    assert "Download:" not in page


def test_the_style_is_as_it_was_written(reports: dict[str, Report], source: str) -> None:
    style = re.findall(r"<style>(.*?)</style>", page_of(reports["sample"], source), re.DOTALL)[0]
    assert "&#" not in style
    assert "&gt;" not in style


def test_whatever_a_student_writes_is_text(reports: dict[str, Report], hostile_text: str) -> None:
    page = page_of(reports["hostile"], f"# {hostile_text}", f"{hostile_text}.py")
    tags: set[str] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, _attributes: object) -> None:
            tags.add(tag)

    Tags().feed(page)
    assert not tags & {"script", "img", "iframe", "object", "link", "base", "form"}
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_what_was_not_checked_names_its_function_as_code(reports: dict[str, Report], source: str) -> None:
    page = page_of(reports["verdicts"], source)
    assert '<span class="mono">softmax</span><span><code>softmax</code>' in page.partition('id="not-checked"')[2]
