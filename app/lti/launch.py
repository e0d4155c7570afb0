"""A launch message, checked claim by claim, as what it says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from joserfc import jws, jwt
from joserfc.errors import JoseError

from app.email_address import LONGEST_ADDRESS, is_address
from app.errors import BadLaunch
from app.field_rules import on_one_line
from app.lti import names
from app.lti.keys import ALGORITHM
from app.platform_keys import PlatformKeys
from grader.translation import gettext as _
from submissions.lti import BegunLogin, Platform
from submissions.models import Role

LEEWAY_SECONDS = 60
"""Clocks of platforms go wrong by seconds; a message lives a minute."""

ADDRESS_CHARACTERS = 2000
ID_CHARACTERS = 255  # the most that LTI allows an id

NOBODYS_NAME = "Somebody without a name"
NAME_CHARACTERS = 200

_ROLE = re.compile(
    r"(?:https?://purl\.imsglobal\.org/vocab/lis/v2/membership[/#]|urn:lti:role:ims/lis/)?([a-z]+)(?:[#/]([a-z]+))?",
    re.IGNORECASE,
)
"""A role in the course and one below it, as a full address or a short name (LTI 1.3, A.2.3). What somebody is at the
institution is no match: who teaches one course is a student in another."""

_RESPONSIBLE = frozenset({"instructor", "administrator", "contentdeveloper", "manager"})
_ASSISTANT = "teachingassistant"
_ADMINISTRATOR = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator"
"""Of all courses. Canvas names no role in the course for somebody who comes as that."""


@dataclass(frozen=True, slots=True)
class DeepLinking:
    """Where the chosen assignment is to be sent, and what must go with it."""

    return_url: str
    data: str | None


@dataclass(frozen=True, slots=True)
class Launch:
    """What a platform said of who comes, from where, and to what.

    subject: the person's id at the platform. context_id: the course there. line_item_url: where this activity's scores
    go. custom: what we gave the activity when it was chosen. addresses: at which the platform has pages and services
    of this course.
    """

    platform: Platform
    deployment_id: str
    message_type: str
    subject: str
    email: str | None
    name: str
    role: Role
    context_id: str
    context_title: str
    resource_link_id: str
    resource_link_title: str
    line_item_url: str | None
    memberships_url: str | None
    custom: Mapping[str, str]
    deep_linking: DeepLinking | None
    addresses: tuple[str, ...] = ()


def read_launch(id_token: str, begun: BegunLogin, platform: Platform, keys: PlatformKeys, now: datetime) -> Launch:
    """The launch in a signed message of the platform where it began. Raises BadLaunch, Unreachable."""
    claims = _claims(id_token, platform, keys, now)
    if claims.get("nonce") != begun.nonce:
        raise BadLaunch(
            _("This launch answers another sign-in than the one that began here. Launch again from your course.")
        )
    if claims.get(names.VERSION) != "1.3.0":
        raise _unfit(_("The platform speaks another version of LTI than 1.3.0."))
    deployment = id_of(claims.get(names.DEPLOYMENT))
    if not deployment:
        raise _unfit(_("The platform does not say which of its deployments this is."))
    if platform.deployment_ids and deployment not in platform.deployment_ids:
        raise BadLaunch(
            _(
                "The deployment {deployment} of this platform is not registered here. Ask your administrator.",
                deployment=deployment,
            )
        )
    return _launch(claims, platform)


def role_of(roles: object) -> Role:
    """The strongest role in a list of LTI roles, whether written as full addresses or as short names.

    Canvas calls an assistant "Instructor/TeachingAssistant" and "Instructor" too: the first says what is meant. Who
    watches over learners (Mentor), as parents do there, sees no more than a student.
    """
    given = [str(role) for role in roles] if isinstance(roles, list) else []
    found = {(match[1].lower(), (match[2] or "").lower()) for role in given if (match := _ROLE.fullmatch(role))}
    assisting = {(name, below) for name, below in found if name == _ASSISTANT or below.startswith(_ASSISTANT)}
    rest = {name for name, _below in found - assisting}
    if any(below for _name, below in assisting):
        rest.discard("instructor")
    if rest & _RESPONSIBLE or _ADMINISTRATOR in given:
        return Role.INSTRUCTOR
    return Role.ASSISTANT if assisting else Role.STUDENT


def email_of(value: object) -> str | None:
    """What a platform gives as an e-mail address, in lower case; None where it is none."""
    found = value.strip().lower() if isinstance(value, str) and len(value) <= LONGEST_ADDRESS else ""
    return found if is_address(found) else None


def name_of(told: Mapping[str, Any]) -> str:
    """What a platform calls a person, in one line."""
    full = _words(told.get("name"))
    parts = " ".join(filter(None, (_words(told.get("given_name")), _words(told.get("family_name")))))
    return (full or parts or NOBODYS_NAME)[:NAME_CHARACTERS]


def id_of(value: object) -> str:
    """What a platform gives as an id; empty where it is none, or one that cannot be kept."""
    return value[:ID_CHARACTERS] if isinstance(value, str) and _is_whole(value) else ""


def address(value: object) -> str | None:
    """What a platform gives as an address; None where it is none, or longer than any that is kept."""
    if not isinstance(value, str) or not value.startswith(("https://", "http://")) or len(value) > ADDRESS_CHARACTERS:
        return None
    if not value.isprintable():
        return None
    try:
        return value if urlsplit(value).hostname else None
    except ValueError:
        return None


def _unfit(what: str) -> BadLaunch:
    """What the platform sends by how it is set up, which neither a student nor an instructor can change."""
    return BadLaunch(_("{what} Ask your administrator to check how the tool is set up.", what=what))


def _claims(id_token: str, platform: Platform, keys: PlatformKeys, now: datetime) -> Mapping[str, Any]:
    try:
        header = jws.extract_compact(id_token.encode()).headers()
        key_id = str(header.get("kid", ""))
        token = jwt.decode(id_token, keys.of(platform.jwks_url, key_id), algorithms=[ALGORITHM])
        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": platform.issuer},
            aud={"essential": True, "value": platform.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True},
            sub={"essential": True},
        )
        registry.validate(token.claims)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise _unfit(
            _("The platform's message could not be verified ({error}).", error=error or type(error).__name__)
        ) from error
    audience = token.claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and token.claims.get("azp") != platform.client_id:
        raise _unfit(_("The platform's message is addressed to others too and does not say that it is meant for us."))
    return token.claims


def _launch(claims: Mapping[str, Any], platform: Platform) -> Launch:
    message_type = id_of(claims.get(names.MESSAGE_TYPE))
    if message_type not in (names.RESOURCE_LINK_REQUEST, names.DEEP_LINKING_REQUEST):
        raise _unfit(_("Messages of the type {type} are not known here.", type=message_type or "(none)"))
    context, link = _object(claims, names.CONTEXT), _object(claims, names.RESOURCE_LINK)
    endpoint, roster = _object(claims, names.ENDPOINT), _object(claims, names.ROSTER)
    settings = _object(claims, names.DEEP_LINKING)
    context_id, link_id = id_of(context.get("id")), id_of(link.get("id"))
    if not context_id:
        raise BadLaunch(_("The platform does not say which course this is. Place the activity in a course."))
    if message_type == names.RESOURCE_LINK_REQUEST and not link_id:
        raise _unfit(_("The platform does not say which activity this is."))
    return_url = address(settings.get("deep_link_return_url"))
    if message_type == names.DEEP_LINKING_REQUEST and not return_url:
        raise _unfit(_("The platform does not say where the chosen assignment is to be sent."))
    subject = id_of(claims["sub"])
    if not subject:
        raise BadLaunch(_("The platform does not say who you are; anonymous launches cannot be graded."))
    data = settings.get("data")
    line_item, line_items = address(endpoint.get("lineitem")), address(endpoint.get("lineitems"))
    memberships = address(roster.get("context_memberships_url"))
    page = address(_object(claims, names.PRESENTATION).get("return_url"))
    return Launch(
        platform=platform,
        deployment_id=id_of(claims[names.DEPLOYMENT]),
        message_type=message_type,
        subject=subject,
        email=email_of(claims.get("email")),
        name=name_of(claims),
        role=role_of(claims.get(names.ROLES)),
        context_id=context_id,
        context_title=_words(context.get("title")) or _words(context.get("label")) or context_id,
        resource_link_id=link_id,
        resource_link_title=_words(link.get("title")),
        line_item_url=line_item,
        memberships_url=memberships,
        custom={str(key): str(value) for key, value in _object(claims, names.CUSTOM).items()},
        deep_linking=DeepLinking(return_url, data if isinstance(data, str) and _is_whole(data) else None)
        if return_url
        else None,
        addresses=tuple(filter(None, (page, return_url, line_item, line_items, memberships))),
    )


def _object(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = claims.get(name)
    return found if isinstance(found, dict) else {}


def _is_whole(text: str) -> bool:
    """Whether it has no half of a character (a lone surrogate), which no database and no message can hold."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _words(value: object) -> str:
    """What is only shown: in one line, without characters that cannot be shown."""
    return " ".join(on_one_line(value[:ID_CHARACTERS]).split()) if isinstance(value, str) else ""
