"""What an e-mail address is, wherever one is read: a single one, that a mail program and a list of people can take."""

import re
from email.utils import getaddresses

LONGEST_ADDRESS = 254

_PART = r"[^@\s,;<>\"']+"
_ADDRESS = re.compile(rf"{_PART}@{_PART}")
_ANYWHERE = re.compile(rf"{_PART}@{_PART}\.{_PART}")


def is_address(text: str) -> bool:
    """Whether it is one address, also of a machine without a domain (ada@localhost)."""
    return len(text) <= LONGEST_ADDRESS and text.isprintable() and _ADDRESS.fullmatch(text) is not None


def is_reached_anywhere(text: str) -> bool:
    """Whether it is one address with a domain, as people from elsewhere have it."""
    return is_address(text) and _ANYWHERE.fullmatch(text) is not None


def is_made_up(text: str) -> bool:
    """Whether it is nobody's: made for somebody whom an LMS named without an address (.invalid, RFC 2606)."""
    return text.endswith(".invalid")


def is_sender(text: str) -> bool:
    """Whether it is one address, with or without a name before it, as mail comes from: Chainrule <ada@x.org>."""
    return text.isprintable() and [is_address(address) for _name, address in getaddresses([text])] == [True]
