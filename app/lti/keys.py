"""The keys our messages to platforms are signed with: made when needed, renewed in time, published while in use."""

from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import RSAKey

from app.context import Context
from submissions.database import Database, Transaction
from submissions.lti import STEP

ALGORITHM = "RS256"  # the one algorithm that every platform has
BITS = 2048
RENEWED_AFTER = timedelta(days=90)
PUBLISHED_AHEAD = timedelta(days=1)
"""Before a new key signs anything: a platform may keep our keys so long before it looks again."""

PUBLISHED_FOR = timedelta(days=7)
"""After there was a newer one. It signs for a day of them; messages of ours live five minutes."""


def signing_key(context: Context) -> RSAKey:
    """The key to sign with; where there is none, or the last has served its time, a new one is made and published."""
    now = context.clock()
    with context.database.reading() as tx:
        found = _current(tx, now)
    if found is not None:
        return found
    new = RSAKey.generate_key(BITS, auto_kid=True)
    with context.database.transaction() as tx:
        if _current(tx, now) is None:  # another process may have made one just now
            _add(tx, new, now)
        found = _current(tx, now)
    return found or new


def new_key(database: Database, now: datetime, forget: bool) -> str:
    """A new key; its id. forget: publish and use the old ones no longer, from this moment on."""
    new = RSAKey.generate_key(BITS, auto_kid=True)
    with database.transaction() as tx:
        _add(tx, new, now)
        if forget:
            tx.lti_platforms.forget_keys(now + STEP)
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
    keys = tx.lti_platforms.signing_keys()
    if not keys or keys[0].retired_at is not None or now - keys[0].created_at >= RENEWED_AFTER:
        return None
    used = [key for key in keys if key.retired_at is None or now - key.retired_at < PUBLISHED_AHEAD]
    known = next((key for key in used if now - key.created_at >= PUBLISHED_AHEAD), used[-1])
    return _loaded(known.id, known.private_pem)


def _loaded(key_id: str, private_pem: str) -> RSAKey:
    return RSAKey.import_key(private_pem, {"kid": key_id, "use": "sig", "alg": ALGORITHM})
