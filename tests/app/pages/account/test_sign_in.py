"""Where a sign-in may lead."""

import pytest

from app.pages.account.sign_in import local


@pytest.mark.parametrize("target", ["/", "/courses/demo?x=1#y"])
def test_paths_of_this_site_are_kept(target: str) -> None:
    assert local(target) == target


@pytest.mark.parametrize(
    "target", ["", "//evil.example", "/\\evil.example", "https://evil.example", "courses", "/a\nb", "/a\\b", "/\t/evil"]
)
def test_anything_else_leads_to_the_start_page(target: str) -> None:
    assert local(target) == "/"
