"""Which methods an address takes: what a refused one is told in `Allow` (RFC 9110, 15.5.6)."""

from starlette.requests import Request
from starlette.routing import Match, Mount

ASKED_FOR = ("GET", "POST", "PUT", "PATCH", "DELETE")


def allowed_methods(request: Request) -> str:
    """Of all routes of this address together: each knows only its own methods. HEAD goes wherever GET does."""
    found = [method for method in ASKED_FOR if _takes(request, method)]
    return ", ".join(["GET", "HEAD", *found[1:]] if found[:1] == ["GET"] else found)


def _takes(request: Request, method: str) -> bool:
    asked = request.scope  # a mount below which the refusal happened has moved the root
    scope = {**asked, "method": method, "root_path": asked.get("app_root_path", asked.get("root_path", ""))}
    for route in request.app.routes:
        match, _scope = route.matches(scope)
        if isinstance(route, Mount):  # files, which are only read
            if match is Match.FULL:
                return method == "GET"
        elif match is Match.FULL:
            return True
    return False
