"""The page that a form was sent from, so that what could not be done leads back to it."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.routing import Match

from app.pages.account.sign_in import local


def page_of_form(request: Request, public_origin: str) -> str:
    """Where the form stands: the page that the browser says, or the form's own address, if they can be opened."""
    named = urlsplit(request.headers.get("referer", ""))
    host = request.headers.get("host", "")
    if f"{named.scheme}://{named.netloc}" in (public_origin, f"http://{host}", f"https://{host}"):
        said = local(named.path + (f"?{named.query}" if named.query else ""))
        if _is_page(request, named.path):
            return said
    return local(request.url.path) if _is_page(request, request.url.path) else "/"


def _is_page(request: Request, path: str) -> bool:
    asked = {**request.scope, "method": "GET", "path": path}
    return any(route.matches(asked)[0] is Match.FULL for route in request.app.router.routes)
