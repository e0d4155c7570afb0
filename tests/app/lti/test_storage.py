"""A launch whose cookie is lost is proven by the state that the platform has kept; and whose frames may hold what."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import Response

from app.lti import names
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import Browser

ACTIVITY_PAGE = f"/courses/nn/assignments/{ASSIGNMENT}"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


def kept(page: Response) -> dict[str, str]:
    """What the page tells its script."""
    return {name: value.replace("&amp;", "&") for name, value in re.findall(r'data-(\w+)="([^"]*)"', page.text)}


def launched(connected: Browser, **begin: str) -> tuple[str, Response]:
    """The state, and the answer to a launch whose cookie was lost in between."""
    begun = connected.begin(**begin)
    where = begun.headers.get("location") or re.findall(r'href="(http[^"]+/auth[^"]+)"', begun.text)[0]
    sent = {name: values[0] for name, values in parse_qs(urlsplit(where.replace("&amp;", "&")).query).items()}
    connected.cookies.clear()
    message = connected.platform.signed(connected.platform.claims(sent["nonce"], connected.school.clock()))
    return sent["state"], connected.request("POST", "/lti/launch", data={"state": sent["state"], "id_token": message})


def test_the_state_is_left_with_the_frame_that_the_platform_names(connected: Browser) -> None:
    page = connected.begin(lti_storage_target="post_message_forwarding")
    assert page.status_code == 200 and "frame-ancestors 'self' *" in page.headers["content-security-policy"]
    said = kept(page)
    assert said["storage"] == "post_message_forwarding" and said["origin"] == connected.platform.origin
    assert said["key"].startswith("chainrule_")
    assert "/auth?x=1&amp;scope=openid" in page.text and f"&amp;state={said['state']}&amp;" in page.text
    assert any(value == said["state"] for value in connected.cookies.values())  # a cookie that is kept is enough


@pytest.mark.parametrize("name", ["", "a b", "x" * 101, '"><script>', "a~b"])
def test_a_name_that_is_none_is_as_if_nothing_were_offered(connected: Browser, name: str) -> None:
    assert connected.begin(lti_storage_target=name).status_code == 302


def test_the_state_read_back_signs_in_within_the_frame(connected: Browser) -> None:
    state, page = launched(connected, lti_storage_target="_parent")
    assert page.status_code == 200 and kept(page)["storage"] == "_parent" and "state" not in kept(page)
    (where,) = re.findall(r'action="(/lti/stored/[^"]+)"', page.text)
    refused = connected.request("POST", where, data={"state": "another"}, headers=SAME_ORIGIN)
    assert refused.status_code == 400 and "did not begin in this browser" in refused.text
    assert "x-frame-options" not in refused.headers
    elsewhere = connected.request("POST", where, data={"state": state}, headers={"sec-fetch-site": "cross-site"})
    assert elsewhere.status_code == 403
    proven = connected.request("POST", where, data={"state": state}, headers=SAME_ORIGIN)
    answer = connected.follow(proven)
    assert answer.headers["location"] == ACTIVITY_PAGE
    ticket = proven.headers["location"].rpartition("/")[2]
    assert connected.school.client.get(f"/lti/window/{ticket}").status_code == 400  # the frame is in: nobody else
    assert "Lina Learner" in connected.follow(answer).text
    again = connected.request("POST", where, data={"state": state}, headers=SAME_ORIGIN)
    assert again.status_code == 400  # once


def test_a_browser_that_keeps_no_session_either_gets_a_window(connected: Browser) -> None:
    state, page = launched(connected, lti_storage_target="_parent")
    (where,) = re.findall(r'action="(/lti/stored/[^"]+)"', page.text)
    answer = connected.request("POST", where, data={"state": state}, headers=SAME_ORIGIN)
    connected.cookies.clear()
    window = connected.follow(answer)
    assert window.status_code == 200 and "Open Chainrule as Lina Learner" in window.text
    assert f"frame-ancestors 'self' {connected.platform.origin}" in window.headers["content-security-policy"]


def test_without_the_offer_there_is_nothing_to_read_back(connected: Browser) -> None:
    _, page = launched(connected)
    assert "/lti/stored/" not in page.text and "Open Chainrule as Lina Learner" in page.text


def test_the_pages_of_a_school_in_a_cloud_may_hold_us(connected: Browser) -> None:
    """Canvas and Blackboard sign in at one address and show their courses at another."""
    school: dict[str, Any] = {
        names.PRESENTATION: {"return_url": "https://school.instructure.com/courses/7/external_content?x=1"},
        names.ROSTER: {"context_memberships_url": "https://canvas.school.example:8443/api/lti/courses/7/names"},
        names.ENDPOINT: {"lineitem": "https://x.example; script-src */lineitem"},
    }
    answer = connected.launch(school)
    page = connected.follow(answer)
    (policy,) = [
        part for part in page.headers["content-security-policy"].split("; ") if part.startswith("frame-ancestors")
    ]
    assert policy == (
        f"frame-ancestors 'self' {connected.platform.origin} https://school.instructure.com"
        " https://canvas.school.example:8443"
    )


def test_what_is_wrong_with_a_launch_is_seen_in_the_frame(connected: Browser) -> None:
    answer = connected.launch({"nonce": "another"})
    assert answer.status_code == 400 and "x-frame-options" not in answer.headers
    assert "frame-ancestors 'self' *" in answer.headers["content-security-policy"]
    student = connected.launch({names.CONTEXT: {"id": "another"}})
    assert student.status_code == 400 and "frame-ancestors 'self' *" in student.headers["content-security-policy"]
