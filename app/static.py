"""Style sheets, scripts and fonts: kept by browsers for a year, because their address changes with their content."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.pages.render import STATIC_FOLDER

A_YEAR = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


class CachedStatic(StaticFiles):
    """The folder of static files with cache headers."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC_FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; an address with its content's version in the query never goes stale."""
        response = await super().get_response(path, scope)
        versioned = scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = A_YEAR if versioned else AN_HOUR
        return response
