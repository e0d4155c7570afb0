"""Slows down guessing, whichever process is asked and however many addresses guess."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import TooManyAttempts
from submissions.database import Transaction

ACROSS_ADDRESSES = 5
"""For one account from everywhere together: so many times what one address may. A botnet has addresses to spare."""

ACROSS_ACCOUNTS = 20
"""For one address and all accounts together: so many times what one account may. A lecture hall is one address."""

KNOWN_FOR = timedelta(days=30)
"""An address where the password was right is not slowed down by what others try: they could lock people out."""


@dataclass(frozen=True, slots=True)
class LoginThrottle:
    """Counts tries in the database.

    attempts: wrong ones for one account from one address before a pause. pause: how long they count.
    """

    attempts: int
    pause: timedelta

    def begin(self, tx: Transaction, email: str, address: str, now: datetime) -> None:
        """Note a try before its password is compared, so that a hundred at once count as a hundred.

        Raises TooManyAttempts while there were too many; `tx` must then be given up.
        """
        account, address, since = _account(email), network(address), now - self.pause
        tx.password_tries.forget(since, now - KNOWN_FOR)
        counted: list[tuple[int, str | None, str | None]] = [
            (self.attempts, account, address),
            (self.attempts * ACROSS_ACCOUNTS, None, address),
        ]
        if not tx.password_tries.was_right(account, address, now - KNOWN_FOR):
            counted.append((self.attempts * ACROSS_ADDRESSES, account, None))
        for most, of_account, of_address in counted:
            tried = tx.password_tries.wrong_at(since, most, account_sha256=of_account, address=of_address)
            if len(tried) >= most:
                raise TooManyAttempts(max(1, math.ceil((tried[-1] + self.pause - now).total_seconds())))
        tx.password_tries.add(account, address, now)

    def right(self, tx: Transaction, email: str, address: str, now: datetime) -> None:
        """Forget the wrong ones after a right one."""
        tx.password_tries.right(_account(email), network(address), now)


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 that a single customer is given of IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def _account(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode("utf-8", "surrogatepass")).hexdigest()
