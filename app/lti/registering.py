"""Dynamic registration (1EdTech, 1.0): a platform registers itself with an invitation link of ours."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from app.context import Context
from app.errors import BadLaunch, NotFound, Unreachable
from app.lti import names
from app.lti.launch import address, id_of
from app.security.tokens import digest, new_secret
from grader.translation import gettext as _
from submissions.lti import Platform

INVITATION_LASTS = timedelta(days=7)
CANVAS_PLACES = ["assignment_selection", "link_selection"]


def invite(context: Context, name: str) -> str:
    """The secret of a new invitation for the LMS called `name`; good once."""
    secret = new_secret()
    with context.database.transaction() as tx:
        tx.lti_platforms.invite(digest(secret), name, context.clock() + INVITATION_LASTS)
    return secret


def register(context: Context, invitation: str, configuration_url: str, token: str | None, origin: str) -> Platform:
    """Register at the platform whose configuration is at that address. Raises NotFound, BadLaunch, Unreachable.

    The invitation is used up only by a registration that succeeds.
    """
    with context.database.reading() as tx:
        name = tx.lti_platforms.invitation(digest(invitation), context.clock())
    if name is None:
        raise NotFound(_("This registration link is not known, was used, or is older than a week. Ask for a new one."))
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"  # Canvas wants it for its configuration too
    found = context.outgoing.get(configuration_url, headers)
    if not found.succeeded:
        raise Unreachable(_("The platform's configuration cannot be read: it answers {status}.", status=found.status))
    configuration = found.json()
    issuer = _address(configuration, "issuer")
    if not _speaks_for(urlsplit(configuration_url).hostname, urlsplit(issuer).hostname):
        raise BadLaunch(
            _(
                "The configuration at {configuration_url} speaks for another host, {issuer}.",
                configuration_url=configuration_url,
                issuer=issuer,
            )
        )
    body = json.dumps(_our_metadata(origin, _family(configuration))).encode()
    endpoint = _address(configuration, "registration_endpoint")
    answer = context.outgoing.post(endpoint, body, {**headers, "Content-Type": "application/json"})
    if not answer.succeeded:
        raise Unreachable(
            _(
                "The platform refuses the registration: it answers {status} ({answer}).",
                status=answer.status,
                answer=answer.text(),
            )
        )
    given = answer.json()
    client_id = id_of(given.get("client_id")) if isinstance(given, dict) else ""
    if not client_id:
        raise Unreachable(_("The platform's answer holds no client id."))
    tool = given.get(names.TOOL_CONFIGURATION)
    deployment = id_of(tool.get("deployment_id")) if isinstance(tool, dict) else ""
    with context.database.transaction() as tx:
        if not tx.lti_platforms.use_invitation(digest(invitation)):
            raise NotFound(_("This registration link was used a moment ago."))
        return tx.lti_platforms.add(
            name,
            issuer,
            client_id,
            _address(configuration, "authorization_endpoint"),
            _address(configuration, "token_endpoint"),
            _address(configuration, "jwks_uri"),
            (deployment,) if deployment else (),
            context.clock(),
            _audience(configuration),
        )


def _speaks_for(host: str | None, issuer: str | None) -> bool:
    """Whether the configuration at a host may be that of an issuer: the same host, or one of the issuer's domain."""
    if not host or not issuer:
        return False
    is_number = host.replace(".", "").isdigit()  # an IP address, which has no domain above it
    return host == issuer or (host.endswith(f".{issuer}") and not is_number)


def _family(configuration: Any) -> str:
    platform = configuration.get(names.PLATFORM_CONFIGURATION)
    return str(platform.get("product_family_code", "")) if isinstance(platform, dict) else ""


def _audience(configuration: Any) -> str:
    """To whom requests for tokens are addressed. A bare host, as Canvas names one, is not what is checked there."""
    return address(configuration.get("authorization_server")) or ""


def _our_metadata(origin: str, family: str) -> dict[str, Any]:
    """What we are and need, as OpenID Connect Dynamic Client Registration writes it."""
    launch = f"{origin}/lti/launch"
    choosing: dict[str, Any] = {
        "type": names.DEEP_LINKING_REQUEST,
        "target_link_uri": launch,
        "label": "Add an assignment",
    }
    if family == "canvas":  # without a place there a message gets one where no assignment is made
        choosing["placements"] = CANVAS_PLACES
    return {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{origin}/lti/login",
        "redirect_uris": [launch],
        "client_name": "Chainrule",
        "jwks_uri": f"{origin}/lti/jwks",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join(names.SCOPES),
        names.TOOL_CONFIGURATION: {
            "domain": urlsplit(origin).netloc,
            "description": "Grades hand-written backpropagation and names the bug.",
            "target_link_uri": launch,
            "claims": ["iss", "sub", "name", "given_name", "family_name", "email"],
            "messages": [choosing],
        },
    }


def _address(configuration: Any, name: str) -> str:
    value = address(configuration.get(name) if isinstance(configuration, dict) else None)
    if value is None:
        raise BadLaunch(_("The platform's configuration has no {name}.", name=name))
    return value
