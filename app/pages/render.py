"""The one way to make a page: templates that always escape and fail on a name nobody gave them."""

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.pages.filters import FILTERS
from app.pages.notices import notices_of
from app.pages.pictures.error_map import colour_key
from app.pages.texts import plural, text

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
STATIC_FOLDER = _HERE / "static"
STATIC_PATH = "/static"


def render(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """The page made from `template`. Every page may be given `login` (a LoginSession) and `sandbox` (a level)."""
    shared = {
        "login": None,
        "sandbox": getattr(request.app.state, "sandbox_level", ""),
        "framed": bool(getattr(request.state, "frame_origin", None)),
        "notices": notices_of(request),
        "here": request.url.path,
        "language": getattr(request.state, "language", "en"),
    }
    return HTMLResponse(rendered(template, **{**shared, **context}), status)


def rendered(template: str, **context: object) -> str:
    """What `template` makes of `context` alone."""
    return _environment().get_template(template).render(map_key=colour_key(), **context)


@cache
def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so that no browser shows an old one."""
    digest = hashlib.sha256((STATIC_FOLDER / name).read_bytes()).hexdigest()
    return f"{STATIC_PATH}/{name}?v={digest[:12]}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.update({"static": static_url, "_": text, "ngettext": plural})
    return environment
