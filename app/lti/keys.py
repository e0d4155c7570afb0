"""The keys our messages to platforms are signed with: made when needed, renewed in time, published while in use."""

from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import RSAKey

from app.context import Context
from submissions.database import Transaction

ALGORITHM = "RS256"  # the one algorithm that every platform has
BITS = 2048
RENEWED_AFTER = timedelta(days=90)
PUBLISHED_FOR = timedelta(days=7)
"""After a key was retired. Platforms fetch keys when they see a new id; messages of ours live five minutes."""


def signing_key(context: Context) -> RSAKey:
    """The key to sign with; a new one where there is none, or the last has served its time."""
    now = context.clock()
    with context.database.reading() as tx:
        found = _current(tx, now)
    return found or renew(context, unless_current=True)


def renew(context: Context, unless_current: bool = False) -> RSAKey:
    """Sign with a new key from now on. unless_current: not where another process has just made one."""
    new = RSAKey.generate_key(BITS, auto_kid=True)
    now = context.clock()
    with context.database.transaction() as tx:
        found = _current(tx, now) if unless_current else None
        if found is not None:
            return found
        tx.lti_platforms.forget_keys(now - PUBLISHED_FOR)
        tx.lti_platforms.add_key(str(new.kid), new.as_pem(private=True).decode("ascii"), now)
    return new


def key_set(context: Context) -> dict[str, Any]:
    """Our public keys (RFC 7517), the retired ones that may still be in use included."""
    signing_key(context)
    oldest = context.clock() - PUBLISHED_FOR
    with context.database.reading() as tx:
        keys = [key for key in tx.lti_platforms.signing_keys() if key.retired_at is None or key.retired_at > oldest]
    return {"keys": [_loaded(key.id, key.private_pem).as_dict(private=False) for key in keys]}


def _current(tx: Transaction, now: datetime) -> RSAKey | None:
    for key in tx.lti_platforms.signing_keys():
        if key.retired_at is None and now - key.created_at < RENEWED_AFTER:
            return _loaded(key.id, key.private_pem)
    return None


def _loaded(key_id: str, private_pem: str) -> RSAKey:
    return RSAKey.import_key(private_pem, {"kid": key_id, "use": "sig", "alg": ALGORITHM})
