"""The pages of every assignment that is shipped: one kind of check without words would leave it without a page."""

from typing import Any, get_args

import pytest

from app.pages.assignment.assignment_page import CHECKED, part_lines
from reference.catalog import Catalog
from reference.spec import Check

SHIPPED = Catalog.builtin()


def test_every_kind_of_check_has_words() -> None:
    assert set(CHECKED) == set(get_args(Check))


@pytest.mark.parametrize("slug", SHIPPED.slugs())
def test_an_assignment_has_its_pages(site: Any, slug: str) -> None:
    path = f"/courses/ece421/assignments/{slug}"
    with site.context.database.transaction() as tx:
        if slug != site.assignment.slug:
            tx.courses.add_assignment(site.assignment.course_id, slug, "A title", 100.0, None, None, None)
    site.login("student")
    answer = site.client.get(path)
    assert answer.status_code == 200
    for line in part_lines(SHIPPED.get(slug).assignment):
        assert f"<code>{line.name}</code>" in answer.text
        assert line.checked in answer.text
    assert site.client.get(f"{path}/starter.py").text == SHIPPED.get(slug).starter
    site.login("teacher")
    for name in ("dashboard", "regrade", "audit", "similarity", "edit", "extensions", "gradebook", "lms", "grades.csv"):
        assert site.client.get(f"{path}/{name}").status_code == 200, name


def test_a_part_that_is_not_counted_says_so(site: Any) -> None:
    with site.context.database.transaction() as tx:
        tx.courses.add_assignment(site.assignment.course_id, "ece544-mlp", "A title", 100.0, None, None, None)
    site.login("student")
    assert site.client.get("/courses/ece421/assignments/ece544-mlp").text.count("optional, not counted: ") == 1
    assert "not counted" not in site.client.get("/courses/ece421/assignments/ece421-numpy-nn").text
