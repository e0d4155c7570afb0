"""Who may read the metrics: nobody, programs on this machine, or whoever has the token."""

import hmac
import ipaddress
from collections.abc import Mapping

from app.settings import MetricsAccess, Settings

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
LOCAL_NAMES = frozenset({"localhost", ""})


def may_read_metrics(settings: Settings, client: str, headers: Mapping[str, str]) -> bool:
    """Whether the request from the address `client` with `headers` (names in small letters) may read them.

    A proxy on this machine also comes from loopback, so that anything a proxy adds, or a public Host, is refused. One
    that adds nothing and sends a Host of its own is not told apart: with a public URL the settings refuse loopback.
    """
    if settings.metrics is MetricsAccess.TOKEN:
        kind, _, sent = headers.get("authorization", "").partition(" ")
        wanted = settings.metrics_token
        return bool(wanted) and kind.lower() == "bearer" and hmac.compare_digest(sent.strip().encode(), wanted.encode())
    if settings.metrics is MetricsAccess.LOOPBACK:
        return (
            _loopback(client)
            and _local_host(headers.get("host", ""))
            and not any(name in headers for name in FORWARDED)
        )
    return False


def _local_host(header: str) -> bool:
    name = header.rpartition(":")[0] if header.rpartition(":")[2].isdigit() else header
    return name in LOCAL_NAMES or _loopback(name.strip("[]"))


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
