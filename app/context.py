"""What every request may use, put together once in main.py."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.check_desk import CheckDesk
from app.metrics.instruments import Metrics
from app.oidc.provider import Provider
from app.outgoing import Outgoing
from app.passwords import Passwords
from app.platform_keys import PlatformKeys
from app.sandbox_health import SandboxHealth
from app.serving.event_streams import EventStreams
from app.serving.login_throttle import LoginThrottle
from app.serving.looking_again import Pace
from app.serving.person_limits import PersonLimits
from app.serving.rate_limits import RateLimits
from app.settings import Settings
from reference.catalog import Catalog
from submissions.clock import Clock
from submissions.database import Database


@dataclass(frozen=True, slots=True)
class Context:
    """The parts that requests share. `sandbox_health` tells what is known of the walls right now.

    draining: set once this process was told to end.
    sends_mail: whether owed mail leaves. oidc: the identity provider, where there is one.
    """

    settings: Settings
    database: Database
    catalog: Catalog
    clock: Clock
    passwords: Passwords
    throttle: LoginThrottle
    outgoing: Outgoing
    platform_keys: PlatformKeys
    api_limits: RateLimits
    sends_mail: bool
    oidc: Provider | None
    check_desk: CheckDesk
    event_streams: EventStreams
    pace: Pace
    metrics: Metrics
    person_limits: PersonLimits
    draining: threading.Event
    sandbox_health: Callable[[], SandboxHealth]
