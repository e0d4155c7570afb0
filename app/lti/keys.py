"""The keys our messages to platforms are signed with: made when needed, renewed in time, published while in use."""

from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import RSAKey

from app.context import Context
from submissions.database import Database, Transaction

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
    if found is not None:
        return found
    new = RSAKey.generate_key(BITS, auto_kid=True)
    with context.database.transaction() as tx:
        found = _current(tx, now)  # another process may have made one just now
        if found is None:
            _add(tx, new, now)
    return found or new


def new_key(database: Database, now: datetime) -> str:
    """Retire the key there is for a new one; its id."""
    new = RSAKey.generate_key(BITS, auto_kid=True)
    with database.transaction() as tx:
        _add(tx, new, now)
    return str(new.kid)


def key_set(context: Context) -> dict[str, Any]:
    """Our public keys (RFC 7517), the retired ones that may still be in use included."""
    signing_key(context)
    oldest = context.clock() - PUBLISHED_FOR
    with context.database.reading() as tx:
        keys = [key for key in tx.lti_platforms.signing_keys() if key.retired_at is None or key.retired_at > oldest]
    return {"keys": [_loaded(key.id, key.private_pem).as_dict(private=False) for key in keys]}


def _add(tx: Transaction, new: RSAKey, now: datetime) -> None:
    tx.lti_platforms.forget_keys(now - PUBLISHED_FOR)
    tx.lti_platforms.add_key(str(new.kid), new.as_pem(private=True).decode("ascii"), now)


def _current(tx: Transaction, now: datetime) -> RSAKey | None:
    for key in tx.lti_platforms.signing_keys():
        if key.retired_at is None and now - key.created_at < RENEWED_AFTER:
            return _loaded(key.id, key.private_pem)
    return None


def _loaded(key_id: str, private_pem: str) -> RSAKey:
    return RSAKey.import_key(private_pem, {"kid": key_id, "use": "sig", "alg": ALGORITHM})
