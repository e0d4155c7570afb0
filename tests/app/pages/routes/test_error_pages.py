"""After an error one is still signed in, to be seen, and led back to the nearest page that one may see."""

from typing import Any

import pytest

COURSE = "/courses/ece421"
PATH = f"{COURSE}/assignments/ece421-numpy-nn"


def back_of(page: str) -> str | None:
    """Where the first button leads, where it is not the start page."""
    main = page.split("<main")[1]
    return main.split('<a class="btn main" href="')[1].split('"')[0] if "btn main" in main else None


@pytest.mark.parametrize(
    ("who", "path", "status", "back"),
    [
        ("student", "/nowhere", 404, None),
        ("student", "/courses/ece421/nowhere", 404, COURSE),
        ("student", "/courses/ece421/settings", 403, COURSE),
        ("student", f"{PATH}/dashboard", 403, PATH),
        ("student", f"{COURSE}/assignments/none/dashboard", 403, COURSE),
        ("student", f"{COURSE}/assignments/none", 404, COURSE),
        ("teacher", f"{COURSE}/people/nobody", 404, COURSE),
        ("student", "/courses/other/settings", 404, None),
        ("stranger", f"{PATH}/dashboard", 404, None),
        ("student", "/submissions/none/source", 404, None),
    ],
)
def test_the_head_stays_and_the_way_leads_to_what_one_may_see(
    site: Any, who: str, path: str, status: int, back: str | None
) -> None:
    site.login(who)
    answer = site.client.get(path)
    assert answer.status_code == status
    assert ('action="/logout"' in answer.text, "To the start page" in answer.text) == (True, True)
    assert back_of(answer.text) == back
    if back:
        assert site.client.get(back).status_code == 200


def test_of_a_submission_it_leads_to_its_page(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    answer = site.client.get(f"{address}/report.json")
    assert (answer.status_code, back_of(answer.text)) == (404, address)


def test_a_refused_form_leads_to_the_page_that_it_stood_on(site: Any) -> None:
    site.login("student")
    address = site.handed_in()
    form, stood = {"csrf_token": site.token()}, {"referer": f"http://127.0.0.1:8000{address}?x=1"}
    answer = site.client.post(f"{address}/again", data=form, headers=stood)
    assert (answer.status_code, back_of(answer.text)) == (409, f"{address}?x=1")
    answer = site.client.post(f"{address}/again", data=form, headers={"referer": f"https://evil.example{address}"})
    assert (answer.status_code, back_of(answer.text)) == (409, None)


def test_nobody_is_signed_in_and_nothing_is_said_of_a_course(site: Any) -> None:
    answer = site.client.get("/courses/ece421/nowhere")
    assert answer.status_code == 404
    assert ('action="/logout"' in answer.text, back_of(answer.text)) == (False, None)
