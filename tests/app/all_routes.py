"""Every route that an application answers, for the tests that must forget none."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

MOUNTED = {"/static"}  # files that are the same for everybody


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that the application answers."""
    yield from _walk(app.routes, "")


def _walk(found: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for route in found:
        if hasattr(route, "original_router"):
            yield from _walk(route.original_router.routes, prefix + route.include_context.prefix)
        elif prefix + route.path not in MOUNTED:
            for method in route.methods - {"HEAD"}:
                yield method, prefix + route.path
