"""From the dashboard's numbers to the students behind them, and to their addresses."""

from typing import Any

from submissions.models import Role

PATH = "/courses/ece421/assignments/ece421-numpy-nn/dashboard"


def test_not_started_leads_to_whoever_has_not(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    page = site.client.get(PATH).text
    assert f'<dt>Not started</dt><dd><a href="{PATH}?state=none#students-title">one student</a></dd>' in page
    assert "<dt>Late</dt><dd>no students</dd>" in page
    assert 'id="addresses"' not in page
    page = site.client.get(f"{PATH}?state=none").text
    table = page.partition('class="matrix')[2]
    assert "peer &lt;b&gt;name" in table
    assert "student &lt;b&gt;name" not in table
    assert "Only who has handed in nothing" in page
    assert ">peer@example.org</textarea>" in page


def test_a_group_without_anybody_says_so_and_leads_back(site: Any) -> None:
    site.login("teacher")
    page = site.client.get(f"{PATH}?state=stuck").text
    assert "Only who is stuck" in page
    assert "Nobody is among them." in page
    assert f'<a href="{PATH}#students-title">show all students</a>' in page
    assert 'id="addresses"' not in page
    assert f'{PATH}?state=none#students-title">two students</a>' in page  # also before anything is graded


def test_addresses_are_for_who_may_take_grades_out(site: Any) -> None:
    with site.context.database.transaction() as tx:
        course, teacher = tx.courses.by_slug("ece421"), tx.accounts.by_email("teacher@example.org")
        tx.courses.enroll(course.id, teacher.id, Role.ASSISTANT)
    site.login("teacher")
    page = site.client.get(f"{PATH}?state=none").text
    assert "peer &lt;b&gt;name" in page
    assert "peer@example.org" not in page
