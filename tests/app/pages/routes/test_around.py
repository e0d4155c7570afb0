"""From one student's submission to the next among those whom the dashboard shows."""

import re
from typing import Any

import pytest

from submissions.models import Role
from tests.app.pages.routes.conftest import STORED

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


@pytest.fixture
def handed_in(make_site: Any, reports: Any) -> tuple[Any, dict[str, str]]:
    """A site where four students handed in, of whom two have the mistakes of the sample; the addresses by name."""
    site = make_site(None)
    with site.context.database.transaction() as tx:
        course = tx.courses.by_slug("ece421")
        for who in ("adam", "zoe"):
            user = tx.accounts.add_user(f"{who}@example.org", who, STORED, site.now)
            tx.courses.enroll(course.id, user.id, Role.STUDENT)
    found = {}
    for who, report in (("adam", "sample"), ("peer", "verdicts"), ("student", "sample")):
        site.login(who)
        found[who] = site.handed_in(reports[report])
    site.login("zoe")
    found["zoe"] = site.handed_in()
    site.login("teacher")
    return site, found


def ways(page: str) -> dict[str, str]:
    """Where the links before and after lead."""
    return dict(re.findall(r'rel="(prev|next)" href="([^"]+)"', page))


def test_the_table_s_links_lead_on_to_who_stands_beside(handed_in: Any) -> None:
    site, at = handed_in
    page = site.client.get(f"{PATH}/dashboard").text
    assert f'<a href="{at["peer"]}?among=all">' in page
    page = site.client.get(f"{at['peer']}?among=all").text
    assert ways(page) == {"prev": f"{at['adam']}?among=all", "next": f"{at['student']}?among=all"}
    assert "2 of 4" in page
    assert ways(site.client.get(f"{at['adam']}?among=all").text) == {"next": f"{at['peer']}?among=all"}
    waiting = site.client.get(f"{at['zoe']}?among=all").text
    assert ways(waiting) == {"prev": f"{at['student']}?among=all"}


def test_a_filter_of_the_dashboard_is_kept(handed_in: Any) -> None:
    site, at = handed_in
    asked = "?among=all&amp;code=RELU_MASK_MISSING"
    page = site.client.get(f"{PATH}/dashboard?code=RELU_MASK_MISSING").text
    assert f'<a href="{at["adam"]}{asked}">' in page
    page = site.client.get(f"{at['adam']}?among=all&code=RELU_MASK_MISSING").text
    assert ways(page) == {"next": f"{at['student']}{asked}"}
    assert "1 of 2" in page
    assert f'{PATH}/dashboard?first=1&amp;code=RELU_MASK_MISSING#students-title">the table' in page
    page = site.client.get(f"{at['peer']}?among=all&code=RELU_MASK_MISSING").text
    assert ways(page) == {"prev": f"{at['adam']}{asked}", "next": f"{at['student']}{asked}"}
    assert "no longer among them" in page


def test_what_staff_send_from_there_leads_back_among_the_same(handed_in: Any) -> None:
    site, at = handed_in
    page = site.client.get(f"{at['adam']}?among=all&code=RELU_MASK_MISSING").text
    form = {"csrf_token": site.token(), "text": "Look.", "points": "50", "comment": "Seen"}
    for place, anchor in (("comments", "comments"), ("override", "decision"), ("override/remove", "decision")):
        if place != "override/remove":
            assert f'action="{at["adam"]}/{place}?among=all&amp;code=RELU_MASK_MISSING"' in page
        answer = site.client.post(f"{at['adam']}/{place}?among=all&code=RELU_MASK_MISSING", data=form)
        assert answer.headers["location"] == f"{at['adam']}?among=all&code=RELU_MASK_MISSING#{anchor}"
        answer = site.client.post(f"{at['adam']}/{place}?among=//evil.example", data=form)
        assert answer.headers["location"] == f"{at['adam']}?among=all#{anchor}"


def test_without_the_dashboard_and_for_students_there_is_nothing_of_it(handed_in: Any) -> None:
    site, at = handed_in
    assert ways(site.client.get(at["peer"]).text) == {}
    site.login("peer")
    assert ways(site.client.get(f"{at['peer']}?among=all").text) == {}
    with site.context.database.transaction() as tx:
        tx.courses.unenroll(tx.courses.by_slug("ece421").id, tx.accounts.by_email("peer@example.org").id)
    site.login("teacher")
    assert ways(site.client.get(f"{at['peer']}?among=all").text) == {}
