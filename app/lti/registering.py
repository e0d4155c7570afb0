"""Dynamic registration (1EdTech, 1.0): a platform registers itself with an invitation link of ours."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from app.context import Context
from app.errors import BadLaunch, NotFound, Unreachable
from app.lti import names
from app.security.tokens import digest, new_secret
from submissions.lti import Platform

INVITATION_LASTS = timedelta(days=7)


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
        raise NotFound("This registration link is not known, was used, or is older than a week. Ask for a new one.")
    found = context.outgoing.get(configuration_url, {"Accept": "application/json"})
    if not found.succeeded:
        raise Unreachable(f"The platform's configuration cannot be read: it answers {found.status}.")
    configuration = found.json()
    issuer = _address(configuration, "issuer")
    if urlsplit(issuer).hostname != urlsplit(configuration_url).hostname:
        raise BadLaunch(f"The configuration at {configuration_url} speaks for another host, {issuer}.")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = json.dumps(_our_metadata(origin)).encode()
    answer = context.outgoing.post(_address(configuration, "registration_endpoint"), body, headers)
    if not answer.succeeded:
        raise Unreachable(f"The platform refuses the registration: it answers {answer.status} ({answer.text()}).")
    given = answer.json()
    client_id = given.get("client_id") if isinstance(given, dict) else None
    if not isinstance(client_id, str) or not client_id:
        raise Unreachable("The platform's answer holds no client id.")
    tool = given.get(names.TOOL_CONFIGURATION)
    deployment = tool.get("deployment_id") if isinstance(tool, dict) else None
    with context.database.transaction() as tx:
        if not tx.lti_platforms.use_invitation(digest(invitation)):
            raise NotFound("This registration link was used a moment ago.")
        return tx.lti_platforms.add(
            name,
            issuer,
            client_id,
            _address(configuration, "authorization_endpoint"),
            _address(configuration, "token_endpoint"),
            _address(configuration, "jwks_uri"),
            (deployment,) if isinstance(deployment, str) and deployment else (),
            context.clock(),
        )


def _our_metadata(origin: str) -> dict[str, Any]:
    """What we are and need, as OpenID Connect Dynamic Client Registration writes it."""
    launch = f"{origin}/lti/launch"
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
            "messages": [{"type": names.DEEP_LINKING_REQUEST, "target_link_uri": launch, "label": "Add an assignment"}],
        },
    }


def _address(configuration: Any, name: str) -> str:
    value = configuration.get(name) if isinstance(configuration, dict) else None
    if not isinstance(value, str) or not value.startswith(("https://", "http://")):
        raise BadLaunch(f"The platform's configuration has no {name}.")
    return value
