"""What is remembered of learning management systems connected by LTI 1.3, as frozen dataclasses."""

from dataclasses import dataclass
from datetime import datetime, timedelta

STEP = timedelta(milliseconds=1)
"""Between two time stamps of a score: a platform refuses one that is not later than the last, and may keep no less."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A registration of ours at an LMS. issuer and client_id together name it; clouds share one issuer.

    deployment_ids: the installations that may launch; empty for every one of this client. token_audience: to whom
    requests for tokens are addressed; empty for token_url.
    """

    id: str
    name: str
    issuer: str
    client_id: str
    authorization_url: str
    token_url: str
    jwks_url: str
    deployment_ids: tuple[str, ...]
    created_at: datetime
    token_audience: str = ""


@dataclass(frozen=True, slots=True)
class PlatformInvitation:
    """A link with which an LMS may register itself. id: the beginning of its secret's hash, which opens nothing."""

    id: str
    name: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of ours. id: what messages name it by (kid). private_pem: RSA, PKCS 8."""

    id: str
    private_pem: str
    created_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class BegunLogin:
    """A launch that has begun: the nonce that its message must carry, and from whom it must come."""

    nonce: str
    platform_id: str


@dataclass(frozen=True, slots=True)
class LtiContext:
    """A course of an LMS and ours that it stands for. memberships_url: where its roster is read, if it may be."""

    platform_id: str
    context_id: str
    course_id: str
    memberships_url: str | None


@dataclass(frozen=True, slots=True)
class LtiLink:
    """An activity of an LMS and the assignment it opens. line_item_url: where its scores go, if they do."""

    id: str
    platform_id: str
    context_id: str
    resource_link_id: str
    course_assignment_id: str
    line_item_url: str | None


@dataclass(frozen=True, slots=True)
class OwedScore:
    """A score to be sent. revision counts its changes from 1; subject: the learner's id at the platform.

    timestamp: of this attempt, later than that of every attempt before. attempts: this one included.
    """

    link: LtiLink
    user_id: str
    subject: str
    given: float
    maximum: float
    grading_id: str | None
    revision: int
    timestamp: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class ScoreState:
    """How far a learner's score has got. sent: the platform has the newest. answer: what it said last."""

    user_id: str
    given: float
    maximum: float
    sent: bool
    attempts: int
    next_at: datetime
    answer: str


def next_timestamp(now: datetime, last: datetime | None) -> datetime:
    """Now, or as soon after the last one as is later, whatever our clock does."""
    return now if last is None else max(now, last + STEP)
