"""Whether a form comes from our own page: by what the browser says of its origin, and by a token in the form."""

import hmac
from collections.abc import Mapping

from app.errors import ForgedRequest
from grader.translation import gettext as _

FIELD = "csrf_token"
HEADER = "x-csrf-token"


def check_origin(headers: Mapping[str, str], public_origin: str) -> None:
    """Raises ForgedRequest when the browser says that another site sent this.

    A request without any of the three headers does not come from a browser that carries somebody's cookies along.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        if site in ("same-origin", "none"):
            return
        raise ForgedRequest(_("This form was sent from another site. Open the page here and send it again."))
    origin = headers.get("origin")
    if origin is None:
        return
    host = headers.get("host", "")
    if origin not in (public_origin, f"http://{host}", f"https://{host}"):
        raise ForgedRequest(_("This form was sent from another site. Open the page here and send it again."))


def check_token(sent: object, expected: str) -> None:
    """Raises ForgedRequest unless the form carries the token of this sign-in."""
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise ForgedRequest(_("This page is from an earlier sign-in. Load it again and send the form once more."))
