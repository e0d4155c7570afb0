"""How a message is signed, and how whoever gets it checks that (Standard Webhooks 1.0: standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

PREFIX = "whsec_"
SECRET_BYTES = 32
REPLAYED_AFTER = timedelta(minutes=5)
"""An older message is refused by its receiver: somebody may have kept it."""


def new_secret() -> str:
    """A secret, as both sides keep it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")


def headers(secret: str, message_id: str, now: datetime, body: bytes) -> Mapping[str, str]:
    """The headers of a message. Its id stays the same when it is sent again, so that it can count once."""
    timestamp = str(int(now.timestamp()))
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + _signed(secret, message_id, timestamp, body),
    }


def holds(secret: str, sent: Mapping[str, str], now: datetime, body: bytes) -> bool:
    """Whether a message with these headers is ours and fresh; what a receiver has to do, in twelve lines."""
    message_id, timestamp = sent.get("webhook-id", ""), sent.get("webhook-timestamp", "")
    try:
        age = abs(now.timestamp() - int(timestamp))
        right = _signed(secret, message_id, timestamp, body)
    except (ValueError, binascii.Error):
        return False
    given = [part.partition(",") for part in sent.get("webhook-signature", "").split(" ")]
    matches = any(version == "v1" and hmac.compare_digest(right, value) for version, _, value in given)
    return matches and age <= REPLAYED_AFTER.total_seconds()


def _signed(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode("ascii")
