"""The one way to make a page: templates that always escape and fail on a name nobody gave them."""

import hashlib
import os
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

from app.context import Context
from app.pages.filters import FILTERS
from app.pages.pictures.error_map import KEY

_HERE = Path(__file__).parent
STATIC_FOLDER = _HERE / "static"
STATIC_PATH = "/static"


def render(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """The page made from `template`. Every page may be given `login` (a LoginSession) and `sandbox` (a level)."""
    app_context: Context = request.app.state.context
    shared = {"login": None, "sandbox": app_context.sandbox_health().level}
    return HTMLResponse(_environment().get_template(template).render({**shared, **context}), status)


def render_error(request: Request, status: int, title: str, sentence: str) -> HTMLResponse:
    """A page that says what went wrong and leads back."""
    return render(request, "error.html", status, code=status, heading=title, sentence=sentence)


class CachedStaticFiles(StaticFiles):
    """Static files that a browser keeps: for good where the address carries the content's hash, else for an hour."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """See StaticFiles."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        kept = "max-age=31536000, immutable" if scope["query_string"].startswith(b"v=") else "max-age=3600"
        response.headers["Cache-Control"] = f"public, {kept}"
        return response


def static_files() -> StaticFiles:
    """What is served under /static: style sheets, scripts, fonts."""
    return CachedStaticFiles(directory=STATIC_FOLDER)


@cache
def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so that no browser shows an old one."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()
    return f"{STATIC_PATH}/{name}?v={digest[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update({"static": static_url, "map_key": KEY})
    return environment
