"""The first launch of a course: staff connect it and choose an assignment, students are told to wait."""

import json

import pytest
from joserfc import jwt

from app.errors import Unreachable
from app.lti import keys, names
from app.lti.arrival import ASSIGNMENT as PARAMETER
from app.lti.registering import _speaks_for, invite
from app.lti.service import Service
from reference.catalog import AssignmentFolder
from reference.errors import AssignmentInvalid
from tests.app.conftest import ASSIGNMENT
from tests.app.lti.conftest import TEACHER, Browser
from tests.fakes.lti_platform import Answer, always, public_keys

DASHBOARD = f"/courses/networks-from-scratch/assignments/{ASSIGNMENT}/dashboard"
CHOOSES = {
    names.MESSAGE_TYPE: names.DEEP_LINKING_REQUEST,
    names.RESOURCE_LINK: None,
    names.DEEP_LINKING: {"deep_link_return_url": "https://lms.example/return?x=1", "data": "kept"},
}


def test_a_student_is_told_that_the_course_is_not_connected_yet(browser: Browser) -> None:
    answer = browser.launch()
    assert answer.status_code == 400 and "has to open this activity first" in answer.text


def test_an_instructor_makes_the_course_and_chooses_the_assignment(browser: Browser) -> None:
    answer = browser.launch(TEACHER)
    page = browser.follow(answer)
    assert "Which course is this?" in page.text and "Networks from scratch" in page.text
    where = answer.headers["location"]
    assert browser.launch().status_code == 400  # for students nothing has changed
    browser.follow(browser.launch(TEACHER))
    answer = browser.launch(TEACHER)
    page = browser.follow(answer)
    where = answer.headers["location"]
    page = browser.follow(browser.send(page, f"{where}/course", course="new", title="Networks from scratch"))
    assert "Choose an assignment" in page.text and f'value="catalog:{ASSIGNMENT}"' in page.text
    done = browser.send(page, f"{where}/assignment", assignment=f"catalog:{ASSIGNMENT}")
    assert done.headers["location"] == DASHBOARD
    assert browser.follow(done).status_code == 200
    assert browser.launch(TEACHER).headers["location"] == DASHBOARD
    browser.cookies.clear()
    assert browser.launch().headers["location"] == DASHBOARD.removesuffix("/dashboard")


def test_only_courses_of_ones_own_can_be_connected(browser: Browser) -> None:
    answer = browser.launch(TEACHER)
    where, page = answer.headers["location"], browser.follow(answer)
    assert 'value="nn"' not in page.text
    refused = browser.send(page, f"{where}/course", course="nn")
    assert refused.status_code == 422 and "Choose one of your courses" in refused.text
    assert browser.send(page, f"{where}/course", course="new", title=" ").status_code == 422
    assert browser.send(page, f"{where}/assignment", assignment=ASSIGNMENT).status_code == 400  # first the course


def test_a_question_is_for_the_one_who_was_asked(browser: Browser) -> None:
    where = browser.launch(TEACHER).headers["location"]
    browser.launch({**TEACHER, "sub": "teacher-2", "email": "two@x.example"})
    assert browser.request("GET", where).status_code == 400
    assert browser.request("GET", "/lti/questions/invented").status_code == 400


def test_an_account_is_not_opened_by_the_address_a_platform_claims(connected: Browser) -> None:
    connected.follow(connected.launch({"email": "ines@example.org", "name": "Ines"}))
    with connected.school.context.database.reading() as tx:
        user_id = tx.lti_links.person(connected.registered.id, "learner-1")
        assert user_id and user_id != connected.school.people["ines"].id
        user = tx.accounts.by_id(user_id)
        assert user and user.email.endswith(f"@{connected.registered.id}.lti.invalid")


def test_the_address_of_a_launch_makes_nobody_staff_elsewhere(connected: Browser) -> None:
    school = connected.school
    connected.launch({"email": "prof@example.org"})
    sent = {"name": "Prof", "email": "prof@example.org", "role": "instructor"}
    school.client.forget()
    answer = school.client.post("/api/v1/courses/nn/roster", headers=school.bearer("ines"), json=sent)
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/v1/problems/address-unproved")


def test_the_role_follows_the_platform(connected: Browser) -> None:
    connected.launch(TEACHER)
    connected.launch({"sub": "teacher-1"})
    with connected.school.context.database.reading() as tx:
        user_id = tx.lti_links.person(connected.registered.id, "teacher-1")
        role = tx.courses.role(connected.school.asked.course_id, user_id or "")
        assert role is not None and not role.is_staff


def test_an_activity_that_was_chosen_knows_its_assignment(connected: Browser) -> None:
    new = {names.RESOURCE_LINK: {"id": "activity-2"}}
    refused = connected.launch(new)
    assert refused.status_code == 400 and "has no assignment yet" in refused.text
    answer = connected.launch({**new, names.CUSTOM: {PARAMETER: ASSIGNMENT}})
    assert answer.headers["location"] == f"/courses/nn/assignments/{ASSIGNMENT}"
    assert connected.launch(new).status_code == 303  # remembered


def test_deep_linking_sends_the_chosen_assignment_back(connected: Browser) -> None:
    answer = connected.launch({**TEACHER, **CHOOSES})
    where, page = answer.headers["location"], connected.follow(answer)
    page = connected.send(page, f"{where}/assignment", assignment=ASSIGNMENT)
    assert page.status_code == 200
    assert "form-action 'self' https://lms.example;" in page.headers["content-security-policy"]
    assert 'action="https://lms.example/return?x=1"' in page.text
    message = page.text.split('name="JWT" value="')[1].split('"')[0]
    public = public_keys(keys.key_set(connected.school.context))
    claims = jwt.decode(message, public, algorithms=["RS256"]).claims
    assert claims["iss"] == "client-1" and claims["aud"] == connected.platform.origin
    assert claims[names.DEEP_LINKING_DATA] == "kept" and claims[names.DEPLOYMENT] == "deployment-1"
    (item,) = claims[names.CONTENT_ITEMS]
    assert item["custom"] == {PARAMETER: ASSIGNMENT} and item["lineItem"]["scoreMaximum"] == 100.0
    assert connected.request("GET", where).status_code == 400  # answered once


def test_a_broken_folder_is_not_offered_and_stops_no_other(connected: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = connected.school.context.catalog
    get = catalog.get

    def broken(slug: str) -> AssignmentFolder:
        if slug == "hw2-softmax":
            raise AssignmentInvalid(slug, ("handout.md is missing",))
        return get(slug)

    monkeypatch.setattr(catalog, "get", broken)
    page = connected.follow(connected.launch({**TEACHER, **CHOOSES}))

    assert page.status_code == 200
    assert "dlsys-hw0" in page.text
    assert "hw2-softmax" not in page.text


def test_an_address_to_answer_to_changes_no_policy(connected: Browser) -> None:
    """A semicolon would end the directive that it stands in."""
    settings = {"deep_link_return_url": "https://x.example; frame-ancestors */y", "data": "kept"}
    answer = connected.launch({**TEACHER, **CHOOSES, names.DEEP_LINKING: settings})
    assert answer.status_code == 303
    page = connected.send(connected.follow(answer), f"{answer.headers['location']}/assignment", assignment=ASSIGNMENT)
    policy = page.headers["content-security-policy"]
    assert "form-action 'self' ;" in policy
    assert policy.count("frame-ancestors") == 1


def test_an_assignment_worth_nothing_gets_no_column(connected: Browser) -> None:
    school = connected.school
    with school.context.database.transaction() as tx:
        tx.courses.add_assignment(school.asked.course_id, "hw2-softmax", "Warm-up", 0.0, None, None, None)
    answer = connected.launch({**TEACHER, **CHOOSES})
    page = connected.send(
        connected.follow(answer), f"{answer.headers['location']}/assignment", assignment="hw2-softmax"
    )
    message = page.text.split('name="JWT" value="')[1].split('"')[0]
    claims = jwt.decode(message, public_keys(keys.key_set(school.context)), algorithms=["RS256"]).claims
    assert "lineItem" not in claims[names.CONTENT_ITEMS][0]


def test_students_choose_nothing(connected: Browser) -> None:
    answer = connected.launch(CHOOSES)
    assert answer.status_code == 400 and "Only staff choose" in answer.text


def test_a_platform_registers_itself_with_a_link(connected: Browser) -> None:
    school, origin = connected.school, connected.platform.origin
    link = f"/lti/register/{invite(school.context, 'Canvas')}?openid_configuration={origin}/configuration"
    page = school.client.get(f"{link}&registration_token=t-1")
    assert page.status_code == 200 and "Canvas is registered" in page.text
    (sent,) = connected.platform.registered
    assert sent["initiate_login_uri"].endswith("/lti/login") and sent["jwks_uri"].endswith("/lti/jwks")
    asked = {scope.rsplit("/", 1)[-1] for scope in sent["scope"].split()}
    assert asked == {"score", "result.readonly", "contextmembership.readonly"}  # nothing that makes or removes columns
    with school.context.database.reading() as tx:
        (made,) = [one for one in tx.lti_platforms.all() if one.name == "Canvas"]
    assert (made.client_id, made.deployment_ids) == ("given-1", ("deployment-1",))
    assert school.client.get(link).status_code == 404  # once


def test_canvas_gets_its_token_with_every_request_and_places_for_assignments(connected: Browser) -> None:
    school, platform = connected.school, connected.platform
    link = f"/lti/register/{invite(school.context, 'Canvas')}?openid_configuration={platform.origin}/configuration"
    configuration = {**platform._configuration(), "authorization_server": "canvas.instructure.com"}
    configuration[names.PLATFORM_CONFIGURATION] = {"product_family_code": "canvas"}
    platform.guarded = {"/configuration": "t-1", "/registrations": "t-1"}
    platform.answers["/configuration"] = always((200, "application/json", json.dumps(configuration).encode()))
    assert "answers 401" in school.client.get(link).text
    page = school.client.get(f"{link}&registration_token=t-1")
    assert page.status_code == 200 and "frame-ancestors 'self' *" in page.headers["content-security-policy"]
    (message,) = platform.registered[0][names.TOOL_CONFIGURATION]["messages"]
    assert message["placements"] == ["assignment_selection", "link_selection"]
    with school.context.database.reading() as tx:
        (made,) = [one for one in tx.lti_platforms.all() if one.name == "Canvas"]
    assert made.token_audience == ""


def test_whom_a_platform_wants_requests_for_tokens_to_be_addressed_to(connected: Browser) -> None:
    school, platform = connected.school, connected.platform
    link = f"/lti/register/{invite(school.context, 'D2L')}?openid_configuration={platform.origin}/configuration"
    configuration = {**platform._configuration(), "authorization_server": "https://api.brightspace.com/auth/token"}
    platform.answers["/configuration"] = always((200, "application/json", json.dumps(configuration).encode()))
    assert school.client.get(link).status_code == 200
    with school.context.database.reading() as tx:
        (made,) = [one for one in tx.lti_platforms.all() if one.name == "D2L"]
    assert made.token_audience == "https://api.brightspace.com/auth/token"
    with pytest.raises(Unreachable):  # it checks that they are addressed to it
        Service(school.context).get(made, (), f"{platform.origin}/members", "application/json")


def test_a_configuration_speaks_for_its_host_and_the_domain_above_it(connected: Browser) -> None:
    school, platform = connected.school, connected.platform
    right = platform._configuration()
    address = f"/lti/register/{invite(school.context, 'X')}?openid_configuration={platform.origin}/configuration"
    for issuer in ("https://0.1", "https://[", "https://27.0.0.1", "http://127.0.0.1.evil.example"):
        broken = json.dumps({**right, "issuer": issuer}).encode()
        platform.answers["/configuration"] = always((200, "application/json", broken))
        assert school.client.get(address).status_code == 400, issuer
    assert _speaks_for("developer.blackboard.com", "blackboard.com")
    assert not _speaks_for("blackboard.com", "developer.blackboard.com")
    assert not _speaks_for("notblackboard.com", "blackboard.com") and not _speaks_for(None, None)


def test_an_address_that_is_none_is_as_if_it_were_not_there(connected: Browser) -> None:
    for bad in ("https://[", "https://", "ftp://x.example", "https://x.example/" + "x" * 2000, 7):
        broken = {names.ENDPOINT: {"lineitem": bad}, names.ROSTER: {"context_memberships_url": bad}}
        assert connected.launch({**broken, names.PRESENTATION: {"return_url": bad}}).status_code == 303


def test_a_registration_that_fails_leaves_the_link_good(connected: Browser) -> None:
    school, platform = connected.school, connected.platform
    path = f"/lti/register/{invite(school.context, 'Canvas')}"
    address = f"{path}?openid_configuration={platform.origin}/configuration"
    assert school.client.get(path).status_code == 400
    right = platform._configuration()
    wrong: tuple[tuple[Answer, str], ...] = (
        ((404, "text/html", b"<html>"), "answers 404"),
        ((200, "text/html", b"<html>"), "is not JSON"),
        ((200, "application/json", json.dumps({**right, "issuer": "https://x.example"}).encode()), "another host"),
        ((200, "application/json", json.dumps({**right, "jwks_uri": None}).encode()), "has no jwks_uri"),
        ((200, "application/json", b"[]"), "has no issuer"),
    )
    for answer, said in wrong:
        platform.answers["/configuration"] = always(answer)
        assert said in school.client.get(address).text
    del platform.answers["/configuration"]
    platform.answers["/registrations"] = lambda: (403, "application/json", b'{"error": "no"}')
    assert "refuses the registration" in school.client.get(address).text
    platform.answers["/registrations"] = lambda: (200, "application/json", b"{}")
    assert "no client id" in school.client.get(address).text
    del platform.answers["/registrations"]
    assert school.client.get(address).status_code == 200
    assert school.client.get("/lti/register/invented?openid_configuration=x").status_code == 404


def test_our_keys_are_renewed_and_published_as_long_as_they_are_in_use(connected: Browser) -> None:
    school = connected.school
    first = keys.key_set(school.context)["keys"]
    assert len(first) == 1 and "d" not in first[0]
    assert keys.key_set(school.context)["keys"] == first
    school.clock.forward(91 * 86400)
    assert keys.signing_key(school.context).kid == first[0]["kid"]  # till every platform has seen the new one
    new, old = (key["kid"] for key in school.client.get("/lti/jwks").json()["keys"])
    assert old == first[0]["kid"] != new
    school.clock.forward(86400)
    assert keys.signing_key(school.context).kid == new
    school.clock.forward(7 * 86400)
    assert [key["kid"] for key in keys.key_set(school.context)["keys"]] == [new]
    assert keys.signing_key(school.context).kid == new


def test_a_key_that_leaked_is_used_and_published_no_longer(connected: Browser) -> None:
    context = connected.school.context
    keys.signing_key(context)
    new = keys.new_key(context.database, context.clock(), forget=True)
    assert keys.signing_key(context).kid == new
    assert [key["kid"] for key in keys.key_set(context)["keys"]] == [new]
