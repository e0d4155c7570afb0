"""Single sign-on against a provider on loopback: whose account opens, and every answer that must open none."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from app.lti import linking, people
from app.people.invitations import Inviter
from submissions.models import Role
from tests.fakes.identity_provider import CLIENT, SECRET, IdentityProvider

BASE = "http://127.0.0.1:8000"
ADA = {"sub": "a-1", "email": "Ada@example.org", "email_verified": True, "name": "Ada Lovelace"}
NEW = {"sub": "n-1", "email": "new@example.org", "email_verified": True, "name": "New Person"}


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider(person=dict(ADA)) as provider:
        yield provider


@pytest.fixture
def make(
    make_client: Callable[..., Any],
    make_school: Callable[..., Any],
    provider: IdentityProvider,
    tmp_path: Path,
    clock: Any,
) -> Callable[..., Any]:
    """The school with single sign-on and other settings."""
    clock.now = datetime.fromtimestamp(int(time.time()), UTC)

    def making(**other: Any) -> Any:
        secret = tmp_path / "secret"
        secret.write_text(SECRET)
        settings = {
            "oidc_issuer": provider.issuer,
            "oidc_client_id": CLIENT,
            "oidc_client_secret_file": secret,
            "oidc_name": "Example University",
        }
        return make_school(make_client(**{**settings, **other}))

    return making


@pytest.fixture
def site(make: Callable[..., Any]) -> Any:
    return make()


def go(school: Any, provider: IdentityProvider, target: str = "/") -> Any:
    """Leave for the provider, sign in there, and come back."""
    away = school.client.get("/login/oidc", params={"next": target})
    assert away.status_code == 303, away.text
    return school.client.get(provider.sign_in(away.headers["location"]).removeprefix(BASE))


def who(school: Any) -> str:
    """Whose name the start page shows; empty for nobody's."""
    page = school.client.get("/")
    return page.text.split('<a href="/profile">')[1].split("</a>")[0] if page.status_code == 200 else ""


def test_a_verified_address_opens_the_account_that_is_there(site: Any, provider: IdentityProvider) -> None:
    assert "Sign in with Example University" in site.client.get("/login").text
    answer = go(site, provider, "/courses/nn")

    assert (answer.status_code, answer.headers["location"]) == (303, "/courses/nn")
    assert who(site) == "Ada"
    with site.context.database.reading() as tx:
        assert tx.identities.user(provider.issuer, "a-1") == site.people["ada"]


def test_afterwards_the_provider_s_name_for_a_person_counts_not_the_address(
    site: Any, provider: IdentityProvider
) -> None:
    go(site, provider)
    provider.person = {"sub": "a-1", "email": "bashir@example.org", "email_verified": True}
    site.client.forget()
    go(site, provider)

    assert who(site) == "Ada"


def test_somebody_else_with_the_same_address_gets_nothing(site: Any, provider: IdentityProvider) -> None:
    go(site, provider)
    site.client.forget()
    provider.person["sub"] = "a-2"
    answer = go(site, provider)

    assert answer.status_code == 403
    assert "connected with somebody else" in answer.text
    assert who(site) == ""


@pytest.mark.parametrize("email", ["ada", "ada@example.org,eve@example.org", "Ada <ada@example.org>", "a@@example.org"])
def test_what_is_no_single_address_opens_nothing(site: Any, provider: IdentityProvider, email: str) -> None:
    provider.person["email"] = email

    assert "does not vouch for your e-mail" in go(site, provider).text
    assert who(site) == ""


@pytest.mark.parametrize("verified", [False, None, "false", 1, "yes"])
def test_an_address_that_is_not_verified_opens_nothing(site: Any, provider: IdentityProvider, verified: object) -> None:
    provider.person["email_verified"] = verified
    answer = go(site, provider)

    assert answer.status_code == 403
    assert "does not vouch for your e-mail" in answer.text
    assert who(site) == ""


def test_the_address_may_be_told_at_the_userinfo_endpoint(site: Any, provider: IdentityProvider) -> None:
    provider.person = {"sub": "a-1"}
    provider.userinfo = {"email": "ada@example.org", "email_verified": True}
    go(site, provider)

    assert who(site) == "Ada"


def test_userinfo_of_somebody_else_is_refused(site: Any, provider: IdentityProvider) -> None:
    provider.person = {"sub": "a-1"}
    provider.userinfo = {"sub": "b-1", "email": "ada@example.org", "email_verified": True}

    assert go(site, provider).status_code == 502
    assert who(site) == ""


def test_a_new_account_only_where_the_settings_say_so(site: Any, provider: IdentityProvider) -> None:
    provider.person = dict(NEW)
    answer = go(site, provider)

    assert answer.status_code == 403
    assert "Ask your course staff to invite you" in answer.text


def test_a_new_account_where_they_do(make: Callable[..., Any], provider: IdentityProvider) -> None:
    school = make(oidc_new_accounts=True)
    provider.person = dict(NEW)
    assert go(school, provider).status_code == 303

    assert who(school) == "New Person"
    with school.context.database.reading() as tx:
        assert not tx.accounts.has_password(tx.accounts.by_email("new@example.org").id)


def test_an_invitation_makes_an_account_too(site: Any, provider: IdentityProvider) -> None:
    with site.context.database.transaction() as tx:
        inviter = Inviter("", sends_mail=False)
        link = inviter.invite(tx, tx.courses.by_slug("nn"), Role.STUDENT, "new@example.org", None, site.clock()).link
    assert f"/login/oidc?next={link}" in site.client.get(str(link)).text
    provider.person = {**NEW, "email": "another@example.org"}
    assert go(site, provider, str(link)).status_code == 403
    provider.person = dict(NEW)
    answer = go(site, provider, str(link))

    assert answer.headers["location"] == link
    assert "Join as New Person" in site.client.get(str(link)).text


def test_domains_can_be_limited(make: Callable[..., Any], provider: IdentityProvider) -> None:
    school = make(oidc_domains=("example.edu",), oidc_new_accounts=True)
    answer = go(school, provider)

    assert answer.status_code == 403
    assert "may vouch for" in answer.text
    provider.person = {**ADA, "email": "ada@example.edu"}
    assert go(school, provider).status_code == 303


def test_an_account_made_by_somebody_else_goes_to_its_owner(site: Any, provider: IdentityProvider) -> None:
    with site.context.database.transaction() as tx:
        hashed = site.context.passwords.hash("thief's password")
        tx.accounts.add_user("new@example.org", "Thief", hashed, site.clock(), email_confirmed=False)
    form = {"email": "new@example.org", "password": "thief's password"}
    assert site.client.post("/login", data=form).status_code == 303
    site.client.forget()
    provider.person = dict(NEW)
    assert go(site, provider).status_code == 303
    site.client.forget()

    assert site.client.post("/login", data=form).status_code == 401


def test_a_public_client_has_no_secret(make: Callable[..., Any], provider: IdentityProvider) -> None:
    provider.secret = ""
    school = make(oidc_client_secret_file=None)

    assert go(school, provider).status_code == 303


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    make: Callable[..., Any], provider: IdentityProvider
) -> None:
    provider.about = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}

    assert go(make(), provider).status_code == 303


@pytest.mark.parametrize(
    "instead",
    [
        {"iss": "https://evil.example"},
        {"aud": "another service"},
        {"aud": [CLIENT, "another service"]},
        {"aud": [CLIENT, "another service"], "azp": "another service"},
        {"azp": "another service"},
        {"exp": int(time.time()) - 3600},
        {"exp": None},
        {"iat": None},
        {"nonce": "another sign-in's"},
        {"nonce": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": 7},
    ],
    ids=" and ".join,  # one of the values is the time, and workers must collect the same names
)
def test_a_token_with_one_wrong_claim_opens_nothing(
    site: Any, provider: IdentityProvider, instead: dict[str, Any]
) -> None:
    provider.instead = instead
    answer = go(site, provider)

    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert who(site) == ""


def test_a_token_for_several_that_names_us_is_accepted(site: Any, provider: IdentityProvider) -> None:
    provider.instead = {"aud": [CLIENT, "another service"], "azp": CLIENT}

    assert go(site, provider).status_code == 303


def test_a_token_of_another_key_opens_nothing(site: Any, provider: IdentityProvider) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": str(provider.key.kid)}, private=True)

    assert go(site, provider).status_code == 403
    assert who(site) == ""


def test_a_token_signed_with_a_shared_secret_opens_nothing(site: Any, provider: IdentityProvider) -> None:
    provider.algorithm, provider.signing = "HS256", OctKey.import_key(SECRET.ljust(64, "x"))

    assert go(site, provider).status_code == 403
    assert who(site) == ""


def test_new_keys_are_fetched(site: Any, provider: IdentityProvider) -> None:
    go(site, provider)
    site.client.forget()
    provider.new_key()
    assert go(site, provider).status_code == 403, "keys are not fetched twice in half a minute"
    site.clock.forward(30)

    assert go(site, provider).status_code == 303


def test_an_answer_opens_nothing_in_another_browser(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc")
    back = provider.sign_in(away.headers["location"]).removeprefix(BASE)
    site.client.forget()
    answer = site.client.get(back)

    assert answer.status_code == 403
    assert "did not begin in this browser" in answer.text


def test_an_answer_works_once(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc")
    cookies = dict(site.client.http.cookies)
    back = provider.sign_in(away.headers["location"]).removeprefix(BASE)
    assert site.client.get(back).status_code == 303
    site.client.forget()
    site.client.http.cookies.update(cookies)

    assert site.client.get(back).status_code == 403


def test_another_state_opens_nothing(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc")
    back = provider.sign_in(away.headers["location"]).removeprefix(BASE)
    state = parse_qs(urlsplit(back).query)["state"][0]

    assert site.client.get(back.replace(state, "guessed")).status_code == 403
    assert who(site) == ""


def test_after_ten_minutes_it_must_be_begun_again(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc")
    site.clock.forward(600)

    assert site.client.get(provider.sign_in(away.headers["location"]).removeprefix(BASE)).status_code == 403


def test_another_providers_answer_is_not_taken_for_this_ones(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc")
    back = provider.sign_in(away.headers["location"]).removeprefix(BASE)
    answer = site.client.get(back.partition("&iss=")[0] + "&iss=https%3A%2F%2Fevil.example")

    assert answer.status_code == 403
    assert "another sign-in service" in answer.text


def test_who_cancels_is_told_how_to_go_on(site: Any, provider: IdentityProvider) -> None:
    away = site.client.get("/login/oidc", params={"next": "/courses/nn"})
    state = parse_qs(urlsplit(away.headers["location"]).query)["state"][0]
    answer = site.client.get("/login/oidc/callback", params={"error": "access_denied", "state": state})

    assert "was cancelled" in answer.text
    assert 'name="next" value="/courses/nn"' in answer.text


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_a_provider_that_describes_itself_wrongly_is_not_used(
    site: Any, provider: IdentityProvider, about: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    provider.about = about
    answer = site.client.get("/login/oidc")

    assert answer.status_code == 502
    assert "Try again in a minute" in answer.text
    assert provider.issuer in caplog.text


def test_a_provider_that_is_down_leaves_the_password(
    site: Any, provider: IdentityProvider, caplog: pytest.LogCaptureFixture
) -> None:
    provider.down = True
    answer = site.client.get("/login/oidc")

    assert answer.status_code == 502
    assert 'name="password"' in answer.text
    assert "503" in caplog.text
    site.sign_in("ada")


def test_what_the_provider_says_of_itself_is_asked_once_an_hour(site: Any, provider: IdentityProvider) -> None:
    for _ in range(3):
        site.client.get("/login/oidc")
    site.clock.forward(3600)
    site.client.get("/login/oidc")

    assert provider.asked == ["/.well-known/openid-configuration"] * 2


def test_nothing_leads_to_another_site(site: Any, provider: IdentityProvider) -> None:
    assert go(site, provider, "//evil.example").headers["location"] == "/"


def test_without_a_provider_there_is_nothing(school: Any) -> None:
    assert "/login/oidc" not in school.client.get("/login").text
    assert school.client.get("/login/oidc").status_code == 404
    assert school.client.get("/login/oidc/callback").status_code == 404


def test_who_came_by_a_launch_links_the_account_that_the_provider_opens(site: Any, provider: IdentityProvider) -> None:
    context, lms, now = site.context, "https://lms.example", site.clock()
    with context.database.transaction() as tx:
        platform = tx.lti_platforms.add("Moodle", lms, "c", f"{lms}/auth", f"{lms}/token", f"{lms}/jwks", (), now)
        launched = people.account_of(tx, platform.id, "ada-7", "Ada", "Ada@example.org", now)
        secret = linking.begin(context, tx, launched, "/courses/nn")
    site.client.http.cookies.set("chainrule-link", secret)
    page = site.client.get(go(site, provider, "/lti/account/link").headers["location"])
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert "Are both of these you?" in page.text and token is not None
    answer = site.client.post("/lti/account/link", data={"csrf_token": token[1]})

    assert answer.headers["location"] == "/courses/nn?done=linked"
    with context.database.reading() as tx:
        assert tx.lti_links.person(platform.id, "ada-7") == site.people["ada"].id
