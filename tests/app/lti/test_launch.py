"""A launch is believed only where every claim of it holds, and each that does not is said."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jws
from joserfc.jwk import RSAKey

from app.lti import names
from app.lti.launch import email_of, name_of, role_of
from submissions.models import Role
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import INSTRUCTOR, Browser
from tests.fakes.lti_platform import html_page, unsigned

FORM = {"continue": "yes"}
ACTIVITY_PAGE = f"/courses/nn/assignments/{ASSIGNMENT}"


def test_a_student_lands_on_the_assignment_in_the_frame(connected: Browser) -> None:
    answer = connected.launch()
    assert answer.headers["location"] == ACTIVITY_PAGE
    page = connected.follow(answer)
    assert page.status_code == 200 and "Lina Learner" in page.text and "Open in a new window" in page.text
    assert f"frame-ancestors 'self' {connected.platform.origin}" in page.headers["content-security-policy"]
    assert "x-frame-options" not in page.headers


def test_an_instructor_lands_on_the_dashboard(connected: Browser) -> None:
    answer = connected.launch({names.ROLES: INSTRUCTOR, "sub": "teacher-1", "email": None})
    assert answer.headers["location"] == f"{ACTIVITY_PAGE}/dashboard"
    assert connected.follow(answer).status_code == 200


def test_in_a_window_of_its_own_nothing_may_frame_us(connected: Browser) -> None:
    connected.framed = False
    page = connected.follow(connected.launch())
    assert page.headers["x-frame-options"] == "DENY" and "Open in a new window" not in page.text


def test_the_login_goes_back_with_what_the_platform_gave(browser: Browser) -> None:
    answer = browser.begin()
    location = answer.headers["location"]
    assert location.startswith(f"{browser.platform.origin}/auth?x=1&scope=openid&response_type=id_token")
    assert "lti_message_hint=%7B%22a%22%3A+1%7D" in location and "prompt=none" in location
    link = browser.request("GET", f"/lti/login?iss={browser.platform.origin}&login_hint=7&target_link_uri=x")
    assert link.status_code == 302  # the only client of this issuer need not be named


def test_a_platform_nobody_registered_is_told_so(browser: Browser) -> None:
    for changed in ({"iss": "https://elsewhere.example"}, {"client_id": "another"}):
        answer = browser.begin(**changed)
        assert answer.status_code == 400 and "is not registered here" in answer.text


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "issuer": ({"iss": "https://elsewhere.example"}, "could not be verified"),
    "audience": ({"aud": "another"}, "could not be verified"),
    "several audiences without azp": ({"aud": ["client-1", "another"]}, "addressed to others too"),
    "expired": ({"exp": 1_000_000_000}, "could not be verified"),
    "no expiry": ({"exp": None}, "could not be verified"),
    "from the future": ({"iat": 4_000_000_000}, "could not be verified"),
    "nonce": ({"nonce": "another"}, "another sign-in"),
    "no nonce": ({"nonce": None}, "could not be verified"),
    "nobody": ({"sub": None}, "could not be verified"),
    "version": ({names.VERSION: "1.1"}, "another version"),
    "message type": ({names.MESSAGE_TYPE: "LtiSubmissionReviewRequest"}, "are not known here"),
    "no deployment": ({names.DEPLOYMENT: None}, "which of its deployments"),
    "deployment": ({names.DEPLOYMENT: "another"}, "is not registered here"),
    "no context": ({names.CONTEXT: None}, "which course this is"),
    "context of another kind": ({names.CONTEXT: ["context-1"]}, "which course this is"),
    "no activity": ({names.RESOURCE_LINK: {}}, "which activity this is"),
    "deep linking without a way back": ({names.MESSAGE_TYPE: names.DEEP_LINKING_REQUEST}, "is to be sent"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_claim_is_refused(connected: Browser, case: str) -> None:
    changed, said = WRONG[case]
    answer = connected.launch(changed)
    assert answer.status_code == 400 and said in answer.text
    assert "set-cookie" not in answer.headers


def test_only_the_platforms_own_signature_counts(connected: Browser) -> None:
    stranger = RSAKey.generate_key(2048, auto_kid=True)
    own = connected.platform.key
    for sign in (
        unsigned,
        lambda claims: connected.platform.signed(claims, stranger),  # an id nobody publishes
        lambda claims: connected.platform.signed(claims, stranger, kid=own.kid),
        lambda claims: connected.platform.signed(claims)[:-8] + "AAAAAAAA",
        lambda claims: "not.a.token",
        lambda claims: "",
    ):
        answer = connected.launch(sign=sign)
        assert answer.status_code == 400, answer.text


def test_a_launch_counts_once(connected: Browser) -> None:
    begun = connected.begin()
    sent = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    message = connected.platform.signed(connected.platform.claims(sent["nonce"], connected.school.clock()))
    form = {"state": sent["state"], "id_token": message}
    assert connected.request("POST", "/lti/launch", data=form).status_code == 303
    again = connected.request("POST", "/lti/launch", data=form)
    assert again.status_code == 400 and "was used already" in again.text
    invented = connected.request("POST", "/lti/launch", data={**form, "state": "invented"})
    assert invented.status_code == 400


def test_a_launch_that_took_too_long_is_refused(connected: Browser) -> None:
    begun = connected.begin()
    state = begun.headers["location"].split("state=")[1].split("&")[0]
    connected.school.clock.forward(601)
    answer = connected.request("POST", "/lti/launch", data={"state": state, "id_token": "x"})
    assert answer.status_code == 400 and "took too long" in answer.text


def test_a_refusal_of_the_platform_is_shown(connected: Browser) -> None:
    form = {"error": "login_required", "error_description": "Sign in to Moodle"}
    answer = connected.request("POST", "/lti/launch", data=form)
    assert answer.status_code == 400 and "Sign in to Moodle" in answer.text


def test_a_renewed_key_is_fetched_and_invented_ids_do_not_hammer_the_platform(connected: Browser) -> None:
    platform = connected.platform
    assert connected.launch().status_code == 303
    assert connected.launch().status_code == 303
    assert platform.asked.count("/jwks") == 1
    platform.key = RSAKey.generate_key(2048, auto_kid=True)
    platform.published.append(platform.key)
    connected.school.clock.forward(31)
    assert connected.launch().status_code == 303
    assert platform.asked.count("/jwks") == 2
    stranger = RSAKey.generate_key(2048, auto_kid=True)
    for _ in range(3):
        assert connected.launch(sign=lambda claims: platform.signed(claims, stranger)).status_code == 400
    assert platform.asked.count("/jwks") == 2


def test_keys_that_cannot_be_fetched_are_said(connected: Browser) -> None:
    connected.platform.answers["/jwks"] = html_page
    answer = connected.launch()
    assert answer.status_code == 502 and "answers 404" in answer.text
    connected.platform.answers["/jwks"] = lambda: (200, "text/html", b"<html>")
    assert "is not JSON" in connected.launch().text
    connected.platform.answers["/jwks"] = lambda: (200, "application/json", b'{"keys": [7]}')
    assert "no set of keys" in connected.launch().text


def test_a_browser_that_keeps_no_cookie_gets_a_window(connected: Browser) -> None:
    begun = connected.begin()
    connected.cookies.clear()
    sent = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    message = connected.platform.signed(connected.platform.claims(sent["nonce"], connected.school.clock()))
    page = connected.request("POST", "/lti/launch", data={"state": sent["state"], "id_token": message})
    assert page.status_code == 200 and "Open Chainrule as Lina Learner" in page.text
    assert not [name for name in connected.cookies if "frame" in name]
    link = page.text.split('href="/lti/window/')[1].split('"')[0]
    connected.framed = False
    asked = connected.request("GET", f"/lti/window/{link}")
    assert "Continue as Lina Learner?" in asked.text and not connected.cookies
    answer = connected.request("POST", f"/lti/window/{link}", data=FORM, headers={"sec-fetch-site": "same-origin"})
    assert connected.follow(answer).status_code == 200
    assert connected.request("POST", f"/lti/window/{link}", data=FORM).status_code == 400  # once


def test_from_a_frame_to_a_window(connected: Browser) -> None:
    page = connected.follow(connected.launch())
    offered = connected.send(page, "/lti/window", target=ACTIVITY_PAGE)
    link = offered.text.split('href="/lti/window/')[1].split('"')[0]
    connected.cookies.clear()
    connected.framed = False
    answer = connected.request("POST", f"/lti/window/{link}", data=FORM)
    assert answer.headers["location"] == ACTIVITY_PAGE
    assert connected.follow(answer).status_code == 200


def test_roles_are_read_as_addresses_and_as_short_names() -> None:
    membership = "http://purl.imsglobal.org/vocab/lis/v2/membership"
    assert role_of([f"{membership}#Learner"]) is Role.STUDENT
    assert role_of(["Learner", "Instructor"]) is Role.INSTRUCTOR
    assert role_of([f"{membership}/Instructor#TeachingAssistant"]) is Role.ASSISTANT
    assert role_of(["http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator"]) is Role.STUDENT
    assert role_of(None) is role_of([]) is role_of("Instructor") is Role.STUDENT


def test_what_somebody_is_elsewhere_is_no_role_in_the_course() -> None:
    vocabulary = "http://purl.imsglobal.org/vocab/lis/v2/"
    learner = f"{vocabulary}membership#Learner"
    assert role_of([learner, f"{vocabulary}institution/person#Instructor"]) is Role.STUDENT
    assert role_of([learner, "urn:lti:instrole:ims/lis/Instructor"]) is Role.STUDENT
    assert role_of([learner, f"{vocabulary}membership/Learner#Instructor"]) is Role.STUDENT
    assert role_of(["https://elsewhere.example/roles#Instructor"]) is Role.STUDENT
    assert role_of([f"{vocabulary}institution/person#Administrator"]) is Role.INSTRUCTOR


@pytest.mark.parametrize("name", ["instructor", "Instructor"])
def test_an_assistant_whom_canvas_also_calls_instructor_is_an_assistant(name: str) -> None:
    membership = "http://purl.imsglobal.org/vocab/lis/v2/membership"
    canvas = [f"{membership}/{name}#TeachingAssistant", f"{membership}#Instructor"]
    assert role_of(canvas) is Role.ASSISTANT
    assert role_of([*canvas, f"{membership}#Administrator"]) is Role.INSTRUCTOR


def test_a_parent_who_watches_in_canvas_sees_nobodys_work() -> None:
    assert role_of(["http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"]) is Role.STUDENT


def _signed(platform: Any, claims: dict[str, Any]) -> str:
    """A message as a platform writes it whose JSON is ASCII: a lone surrogate comes through."""
    return jws.serialize_compact({"alg": "RS256", "kid": platform.key.kid}, json.dumps(claims).encode(), platform.key)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"name": "L\ud800na", "email": "\ud800@school.example"}, 303),
        ({names.RESOURCE_LINK: {"id": "activity-1", "title": "\ud800"}}, 303),
        ({"sub": "\ud800"}, 400),
        ({names.CONTEXT: {"id": "\ud800"}}, 400),
        ({names.RESOURCE_LINK: {"id": "\ud800"}}, 400),
        ({names.DEPLOYMENT: "\ud800"}, 400),
        ({names.MESSAGE_TYPE: "\ud800"}, 400),
        ({names.ROSTER: {"context_memberships_url": "https://lms.example/\ud800"}}, 303),
    ],
)
def test_half_a_character_is_no_fault_of_ours(connected: Browser, changed: dict[str, Any], status: int) -> None:
    answer = connected.launch(changed, lambda claims: _signed(connected.platform, claims))

    assert answer.status_code == status


def test_what_is_not_shown_is_not_in_a_name() -> None:
    assert name_of({"name": "Lina\n\x1b[31m\0 Learner\u202e"}) == "Lina [31m Learner"
    assert name_of({"name": " \0 ", "given_name": "Lina", "family_name": "\ud800"}) == "Lina"
    assert name_of({"name": " "}) == name_of({}) == "Somebody without a name"


@pytest.mark.parametrize(
    "text",
    ["a@b\nBcc: c@d.example", "a\0@b.example", "a@b.example, c@d.example", "a b@c", "@@@", "a@" + "\u0130" * 252, 7],
)
def test_what_is_no_address_is_none(text: object) -> None:
    assert email_of(text) is None
    assert email_of(" Lina@School.example ") == "lina@school.example"


def test_a_launch_that_is_no_form_is_told_of_a_form_and_not_of_a_file(connected: Browser) -> None:
    answer = connected.request("POST", "/lti/launch", content=b"{}", headers={"content-type": "application/json"})

    assert answer.status_code == 415
    assert "Send a form" in answer.text
    assert "`file`" not in answer.text
