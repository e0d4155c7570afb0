"""What the first visit of a result weighs, with its styles and fonts, compressed as a proxy would send it."""

import gzip
import html
import inspect
import re
from pathlib import Path
from typing import Any

import pytest

from app.pages.render import STATIC_FOLDER
from app.pages.report.marked_source import MOST_LINES

MOST_KILOBYTES = 100.0
WRITTEN = Path(inspect.__file__).read_text(encoding="utf-8").splitlines()
"""Code that people wrote: its lines repeat no more than those of a student do."""


def kilobytes(site: Any, address: str) -> float:
    """The page, its style sheets and every font that they name."""
    page = site.client.get(address).content
    linked = [html.unescape(found) for found in re.findall(r'(?:href|src)="(/static/[^"?]+[?][^"]+)"', page.decode())]
    fonts = sum(path.stat().st_size for path in STATIC_FOLDER.glob("vendor/*.woff2"))
    parts = [page, *(site.client.get(address).content for address in linked)]
    return (sum(len(gzip.compress(part)) for part in parts) + fonts) / 1000


@pytest.mark.parametrize("lines", [MOST_LINES - 5, MOST_LINES + 5, 1_500])
def test_a_result_is_light_however_long_the_file(make_site: Any, reports: Any, lines: int) -> None:
    site = make_site(None)
    site.login("student")
    site.handed_in(reports["verdicts"], data="\n".join(WRITTEN[:200]).encode())
    for report in reports.values():
        rewritten = [f"{line}  # v{len(report.parts)}" if number % 3 else line for number, line in enumerate(WRITTEN)]
        address = site.handed_in(report, data="\n".join(rewritten[:lines]).encode())
        assert ('id="L9"' in site.client.get(address).text) == (lines <= MOST_LINES)
        assert kilobytes(site, address) < MOST_KILOBYTES


def test_so_is_the_page_of_a_long_source(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"], data="\n".join(WRITTEN[:1_500]).encode())
    assert 70 < kilobytes(site, f"{address}/source") < MOST_KILOBYTES
