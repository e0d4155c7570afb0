"""Dashboard and CSV: for staff only, with every student."""

import csv
import io
from typing import Any

PATH = "/courses/ece421/assignments/ece421-numpy-nn"


def test_dashboard_lists_everybody_with_links_and_causes(site: Any, reports: Any) -> None:
    site.login("student")
    address = site.handed_in(reports["sample"])
    site.login("teacher")
    page = site.client.get(f"{PATH}/dashboard").text
    assert f'<a href="{address}">student &lt;b&gt;name&lt;/b&gt;</a>' in page
    assert '<a href="/help/MEAN_OVER_BATCH_SHAPE"><code>MEAN_OVER_BATCH_SHAPE</code>' in page
    causes = page.split('id="causes-title"')[1].split("</section>")[0]
    assert "<p>The gradient is averaged over the batch</p>" in causes
    assert "student &lt;b&gt;name&lt;/b&gt; reads: " in causes  # their own numbers are told as theirs
    assert "nothing handed in" in page
    assert "Histogram of the best score of 1 student in" in page


def test_dashboard_of_an_empty_class_is_a_page(site: Any) -> None:
    site.login("teacher")
    page = site.client.get(f"{PATH}/dashboard").text
    assert "No submission is graded yet." in page
    assert "No mistake has been diagnosed." in page


def test_students_and_strangers_get_neither(site: Any) -> None:
    for who, status in (("student", 403), ("stranger", 404)):
        site.login(who)
        for part in ("dashboard", "grades.csv"):
            assert site.client.get(f"{PATH}/{part}").status_code == status


def test_csv_is_a_download_that_a_spreadsheet_reads_as_utf_8(site: Any, reports: Any) -> None:
    site.login("student")
    site.handed_in(reports["sample"])
    site.login("teacher")
    answer = site.client.get(f"{PATH}/grades.csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="ece421-numpy-nn.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["score"] for row in rows] == ["", "74"]
    assert rows[1]["grad_ce"] == "0"
    assert (rows[1]["raw_score"], rows[1]["before_lateness"], rows[1]["late_days"]) == ("74", "74", "0")
    assert rows[1]["handed_in_at"] == "2026-11-21T19:02:07+00:00"
