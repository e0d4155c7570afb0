"""The pages of help: one for each diagnosis code, and a list of all. Nobody has to sign in for them."""

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from app.dependencies import MaybeSession
from app.pages.printable import capped, printable
from app.pages.render import render
from app.pages.source.coloured_source import ColouredFile
from grader.help.shelf import FAMILIES, families, nearest, pages

WORDS_ONLY = frozenset({"running", "results"})  # families whose pages have no formulas, so that letters need no key
SHOWN_CHARACTERS = 60  # of an address that somebody made up


def make_router() -> APIRouter:
    """/help and /help/{code}."""
    router = APIRouter()
    router.add_api_route("/help", index, methods=["GET"])
    router.add_api_route("/help/{code}", show, methods=["GET"])
    return router


def index(request: Request, login: MaybeSession) -> Response:
    """Every code with its meaning in one line, by family."""
    return render(request, "help_index.html", login=login, families=families(), count=len(pages()))


def show(request: Request, login: MaybeSession, code: str) -> Response:
    """What a code means; for an unknown one a page that leads to the list."""
    page = pages().get(code)
    if page is None:
        asked, _ = capped(printable(code), SHOWN_CHARACTERS)
        return render(request, "help_unknown.html", 404, login=login, asked=asked, nearest=nearest(code))
    return render(
        request,
        "help.html",
        login=login,
        page=page,
        family=FAMILIES[page.family],
        others=families()[FAMILIES[page.family]],
        wrong=coloured(page.wrong),
        right=coloured(page.right),
        letters=page.family not in WORDS_ONLY,
    )


def coloured(line: str) -> Markup:
    """A line of Python, escaped and coloured."""
    return ColouredFile("", line).whole().lines[0].html
